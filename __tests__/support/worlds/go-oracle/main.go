// The go command's own packages, asked over standard input: a JSON array of questions in, one of answers out.
package main

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"go/version"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"golang.org/x/mod/httpproxy"
	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/sumdb/note"
)

type question struct {
	Ask string
	// What is asked about; its meaning depends on Ask.
	A, B, C, D string
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	answers := make([]string, len(questions))
	for i, q := range questions {
		answers[i] = answer(q)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}

func answer(q question) string {
	switch q.Ask {
	case "match": // patterns, module path
		return fmt.Sprint(module.MatchPrefixPatterns(q.A, q.B))
	case "modulePath":
		return fmt.Sprint(module.CheckPath(q.A) == nil)
	case "importPath":
		return fmt.Sprint(module.CheckImportPath(q.A) == nil)
	case "escapePath":
		return valueOrFault(module.EscapePath(q.A))
	case "unescapePath":
		return valueOrFault(module.UnescapePath(q.A))
	case "escapeVersion":
		return valueOrFault(module.EscapeVersion(q.A))
	case "unescapeVersion":
		return valueOrFault(module.UnescapeVersion(q.A))
	case "revInfo": // JSON, module path, query: as cmd/go/internal/modfetch/proxy.go
		var info struct {
			Version string
			Time    time.Time
			Origin  *struct{ VCS, URL, Subdir, Hash, TagPrefix, TagSum, Ref, RepoSum string }
		}
		if err := json.Unmarshal([]byte(q.A), &info); err != nil {
			return "false"
		}
		own := q.C == module.CanonicalVersion(q.C) && module.Check(q.B, q.C) == nil
		return fmt.Sprint(info.Version == q.C || !own)
	case "httpProxy": // URL, HTTP_PROXY, HTTPS_PROXY, NO_PROXY
		config := httpproxy.Config{HTTPProxy: q.B, HTTPSProxy: q.C, NoProxy: q.D}
		target, err := url.Parse(q.A)
		if err != nil {
			return "fault"
		}
		proxy, err := config.ProxyFunc()(target)
		if err != nil {
			return "fault"
		}
		if proxy == nil {
			return "direct"
		}
		login := ""
		if proxy.User != nil {
			password, _ := proxy.User.Password()
			login = proxy.User.Username() + "|" + password + "@"
		}
		return proxy.Scheme + "://" + login + proxy.Host
	case "compareGo":
		return fmt.Sprint(version.Compare(q.A, q.B))
	case "verifierKey":
		_, err := note.NewVerifier(q.A)
		return fmt.Sprint(err == nil)
	case "openNote": // note, verifier key
		verifier, err := note.NewVerifier(q.B)
		if err != nil {
			return "fault"
		}
		_, err = note.Open([]byte(q.A), note.VerifierList(verifier))
		return fmt.Sprint(err == nil)
	case "hashZip": // file name
		return valueOrFault(dirhash.HashZip(q.A, dirhash.Hash1))
	case "writeZip": // file name, prefix of the names in it
		return valueOrFault(q.A, writeZip(q.A, q.B))
	case "hashGoMod": // text
		return valueOrFault(dirhash.Hash1([]string{"go.mod"}, func(string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(q.A)), nil
		}))
	}
	return "unknown question"
}

func valueOrFault(value string, err error) string {
	if err != nil {
		return "fault"
	}
	return "= " + value
}

// writeZip makes a zip as the go command's own writer does, with sizes and checksums behind the data.
func writeZip(file, prefix string) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	zipped := zip.NewWriter(out)
	for _, name := range []string{"go.mod", "empty", "dir/z.go", "dir.go", "Dir2.go", "z\u00e4.go"} {
		entry, err := zipped.Create(prefix + name)
		if err != nil {
			return err
		}
		if name == "empty" {
			continue
		}
		if _, err := entry.Write([]byte(strings.Repeat(name+"\n", 500))); err != nil {
			return err
		}
	}
	return zipped.Close()
}
