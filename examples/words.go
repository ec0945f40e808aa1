package examples

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

//go:embed words
var wordFiles embed.FS

// lexicon is everything the generated texts are made of.
type lexicon struct {
	general    sections
	names      sections
	cases      sections // wording of requests, objections and complaints
	fields     map[string]*field
	districts  []district
	givenNames []string
	surnames   []string
}

// sections are the lines of a word file by the [name] they stand under.
type sections map[string][]string

// field is the subject matter of an office.
type field struct {
	topics                     []topic
	facts, quotes, backgrounds []string
}

// topic is one activity: a noun phrase in lower case, who takes part, and
// what for (a verb phrase).
type topic struct{ activity, audience, purpose string }

// district is a kecamatan with its villages.
type district struct {
	name     string
	villages []string
}

func loadLexicon() (*lexicon, error) {
	l := &lexicon{fields: make(map[string]*field)}
	var err error
	if l.general, err = readSections("words/umum.txt"); err != nil {
		return nil, err
	}
	if l.names, err = readSections("words/nama.txt"); err != nil {
		return nil, err
	}
	if l.cases, err = readSections("words/perkara.txt"); err != nil {
		return nil, err
	}
	l.givenNames = strings.Fields(strings.Join(l.names["depan"], " "))
	l.surnames = strings.Fields(strings.Join(l.names["belakang"], " "))
	text, err := wordFiles.ReadFile("words/wilayah.txt")
	if err != nil {
		return nil, fmt.Errorf("examples: read districts: %w", err)
	}
	for _, line := range lines(string(text)) {
		name, villages, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, fmt.Errorf("examples: districts: no villages in %q", line)
		}
		l.districts = append(l.districts, district{name, strings.Split(villages, ", ")})
	}
	files, err := fs.Glob(wordFiles, "words/fields/*.txt")
	if err != nil {
		return nil, fmt.Errorf("examples: list fields: %w", err)
	}
	for _, file := range files {
		f, err := readField(file)
		if err != nil {
			return nil, err
		}
		l.fields[strings.TrimSuffix(path.Base(file), ".txt")] = f
	}
	return l, nil
}

func readSections(file string) (sections, error) {
	text, err := wordFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("examples: read words: %w", err)
	}
	s, name := make(sections), ""
	for _, line := range lines(string(text)) {
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			name = strings.Trim(line, "[]")
			continue
		}
		if err := checkTemplate(line); err != nil {
			return nil, fmt.Errorf("examples: %s: %w", file, err)
		}
		s[name] = append(s[name], line)
	}
	return s, nil
}

func readField(file string) (*field, error) {
	s, err := readSections(file)
	if err != nil {
		return nil, err
	}
	f := &field{facts: s["fakta"], quotes: s["kutipan"], backgrounds: s["latar"]}
	for _, line := range s["topik"] {
		parts := strings.Split(line, " ; ")
		if len(parts) != 3 {
			return nil, fmt.Errorf("examples: %s: topic %q needs activity ; audience ; purpose", file, line)
		}
		f.topics = append(f.topics, topic{parts[0], parts[1], parts[2]})
	}
	if len(f.topics) == 0 || len(f.facts) == 0 || len(f.quotes) == 0 || len(f.backgrounds) == 0 {
		return nil, fmt.Errorf("examples: %s: a section is empty", file)
	}
	return f, nil
}

var slotName = regexp.MustCompile(`<([^<>]*)>`)

// checkTemplate finds unbalanced brackets, which would show in an article,
// and slots that do not exist.
func checkTemplate(line string) error {
	for _, m := range slotName.FindAllStringSubmatch(line, -1) {
		if slots[m[1]] == nil {
			return fmt.Errorf("unknown slot <%s> in %q", m[1], line)
		}
	}
	for _, pair := range []string{"{}", "<>"} {
		if strings.Count(line, pair[:1]) != strings.Count(line, pair[1:]) {
			return fmt.Errorf("unbalanced %s in %q", pair, line)
		}
	}
	return nil
}

// expand fills a template: {a|b} becomes one of its parts, <slot> what value
// gives for it.
func expand(c chance, template string, value func(slot string) string) string {
	var b strings.Builder
	for rest := template; rest != ""; {
		i := strings.IndexAny(rest, "{<")
		if i < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:i])
		closing := "}"
		if rest[i] == '<' {
			closing = ">"
		}
		end := strings.Index(rest[i:], closing)
		inner := rest[i+1 : i+end]
		if closing == "}" {
			b.WriteString(expand(c, pick(c, strings.Split(inner, "|")), value))
		} else {
			b.WriteString(value(inner))
		}
		rest = rest[i+end+1:]
	}
	return b.String()
}

// small are the words that stay lower case inside an Indonesian title.
var small = map[string]bool{
	"dan": true, "di": true, "ke": true, "dari": true, "untuk": true, "bagi": true, "pada": true, "yang": true,
	"dengan": true, "dalam": true, "oleh": true, "serta": true, "atau": true, "tidak": false, "agar": true, "lewat": true,
}

// titleCase writes a phrase the way titles are written (EYD V).
func titleCase(phrase string) string {
	words := strings.Fields(phrase)
	for i, w := range words {
		if i == 0 || !small[w] {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// sentenceCase makes the first letter a capital.
func sentenceCase(phrase string) string { return strings.ToUpper(phrase[:1]) + phrase[1:] }
