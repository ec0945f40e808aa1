package dashboard

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// assetPrefix is the path under which static files are served. It is followed
// by the hash of the file's content, so that a browser may keep a file for
// ever and still gets the new one after an update.
const assetPrefix = "/assets/"

//go:embed assets
var assetFiles embed.FS

// assetTypes are the kinds of file that are served; others, such as the
// licence beside a library, are embedded only to travel with the program.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// asset is one static file, ready to be sent.
type asset struct {
	url         string
	contentType string
	plain       []byte
	gzipped     []byte
}

// assets holds every static file by its name and by its path below assetPrefix.
type assets struct {
	byName map[string]*asset
	byPath map[string]*asset
}

// loadAssets reads and compresses the embedded files, once per process.
var loadAssets = sync.OnceValues(func() (*assets, error) {
	a := &assets{byName: map[string]*asset{}, byPath: map[string]*asset{}}
	err := fs.WalkDir(assetFiles, "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		contentType, served := assetTypes[path.Ext(file)]
		if !served {
			return nil
		}
		plain, err := assetFiles.ReadFile(file)
		if err != nil {
			return err
		}
		gzipped, err := compressed(plain)
		if err != nil {
			return fmt.Errorf("compress %s: %w", file, err)
		}
		sum := sha256.Sum256(plain)
		name := strings.TrimPrefix(file, "assets/")
		located := hex.EncodeToString(sum[:6]) + "/" + name
		entry := &asset{url: assetPrefix + located, contentType: contentType, plain: plain, gzipped: gzipped}
		a.byName[name], a.byPath[located] = entry, entry
		return nil
	})
	return a, err
})

// compressed is data in gzip's best compression.
func compressed(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// URL is the address of a static file by its name, such as "app.css".
func (a *assets) URL(name string) (string, error) {
	entry, ok := a.byName[name]
	if !ok {
		return "", fmt.Errorf("no asset named %q", name)
	}
	return entry.url, nil
}

// serveAsset sends a static file.
func (s *Server) serveAsset(c *fiber.Ctx) error {
	entry, ok := s.assets.byPath[c.Params("*")]
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderContentType, entry.contentType)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if acceptsGzip(c.Get(fiber.HeaderAcceptEncoding)) {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(entry.gzipped)
	}
	return c.Send(entry.plain)
}

// acceptsGzip reads an Accept-Encoding header; "gzip;q=0" is a refusal.
func acceptsGzip(header string) bool {
	for _, offer := range strings.Split(header, ",") {
		name, weight, _ := strings.Cut(offer, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			weight = strings.ReplaceAll(weight, " ", "")
			return weight != "q=0" && !strings.HasPrefix(weight, "q=0.000") && weight != "q=0.0" && weight != "q=0.00"
		}
	}
	return false
}
