package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"gaung/warehouse/account"
)

// passwordLine is the longest line that is read as a password, in bytes.
const passwordLine = 4 << 10

// newPassword asks for a password: twice and unseen on a terminal, otherwise
// the first line of stdin.
func (p *program) newPassword(ctx context.Context) (string, error) {
	password, err := p.askPassword(ctx)
	if err != nil {
		return "", err
	}
	return password, account.CheckPassword(password)
}

func (p *program) askPassword(ctx context.Context) (string, error) {
	file, ok := p.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return firstLine(p.stdin)
	}
	first, err := p.unseen(ctx, file, fmt.Sprintf("Kata sandi baru (paling sedikit %d huruf): ", account.MinPassword))
	if err != nil {
		return "", err
	}
	if err := account.CheckPassword(first); err != nil {
		return "", err
	}
	second, err := p.unseen(ctx, file, "Sekali lagi: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", usagef("kedua kata sandi tidak sama; tidak ada yang diubah")
	}
	return first, nil
}

// firstLine is the first line without its end.
func firstLine(from io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(from, passwordLine)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if line == "" {
		return "", usagef("kata sandi belum diberikan; jalankan di terminal, atau kirim satu baris lewat stdin")
	}
	return line, nil
}

// unseen reads a line from the terminal without showing it. Whoever gives up
// gets the terminal back as it was.
func (p *program) unseen(ctx context.Context, file *os.File, prompt string) (string, error) {
	fd := int(file.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	fmt.Fprint(p.stderr, prompt)
	defer fmt.Fprintln(p.stderr)
	type answer struct {
		text []byte
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		typed <- answer{text, err}
	}()
	select {
	case a := <-typed:
		if errors.Is(a.err, io.EOF) {
			return "", usagef("kata sandi belum diberikan")
		}
		return string(a.text), a.err
	case <-ctx.Done():
		_ = term.Restore(fd, before)
		return "", ctx.Err()
	}
}
