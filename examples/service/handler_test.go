package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-json"
	"github.com/google/go-cmp/cmp"
)

func TestLinkIsKeptAndFollowed(t *testing.T) {
	store, err := openStore(filepath.Join(t.TempDir(), "links.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	config := defaultConfig()
	config.BaseURL = "https://short.example"
	service := newHandler(config, store, slog.New(slog.NewTextHandler(io.Discard, nil)))
	ask := func(method, path, body string) *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		service.ServeHTTP(answer, httptest.NewRequest(method, path, strings.NewReader(body)))
		return answer
	}

	added := ask(http.MethodPost, "/", `{"url": "https://go.dev/ref/mod"}`)
	var got link
	if err := json.Unmarshal(added.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	path, isShort := strings.CutPrefix(got.Short, config.BaseURL)
	if added.Code != http.StatusCreated || !isShort {
		t.Fatalf("added: %d %+v", added.Code, got)
	}
	followed := ask(http.MethodGet, path, "")
	metrics := ask(http.MethodGet, "/metrics", "").Body.String()
	want := []any{302, "https://go.dev/ref/mod", "image/png", 404, 400, true}
	have := []any{
		followed.Code, followed.Header().Get("Location"),
		ask(http.MethodGet, path+"/qr", "").Header().Get("Content-Type"),
		ask(http.MethodGet, "/nothing", "").Code,
		ask(http.MethodPost, "/", `{"url": "ftp://go.dev"}`).Code,
		strings.Contains(metrics, `links_requests_total{action="add"} 1`),
	}
	if difference := cmp.Diff(want, have); difference != "" {
		t.Error(difference)
	}
}
