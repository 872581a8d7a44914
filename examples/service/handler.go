package main

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-playground/validator/v10"
	"github.com/goccy/go-json"
	"github.com/google/uuid"
	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/skip2/go-qrcode"
	"golang.org/x/time/rate"
)

const (
	maxBodyBytes = 16 << 10
	qrPixels     = 256
)

// link is the body of a request for a short link, and of its answer.
type link struct {
	URL   string `json:"url" validate:"required,http_url"`
	Short string `json:"short,omitempty"`
}

type handler struct {
	config   Config
	store    *Store
	log      *slog.Logger
	check    *validator.Validate
	requests *prometheus.CounterVec
}

func newHandler(config Config, store *Store, log *slog.Logger) http.Handler {
	metrics := prometheus.NewRegistry()
	h := &handler{
		config: config,
		store:  store,
		log:    log,
		check:  validator.New(validator.WithRequiredStructEnabled()),
		requests: promauto.With(metrics).NewCounterVec(
			prometheus.CounterOpts{Name: "links_requests_total", Help: "Requests by what was asked."}, []string{"action"}),
	}
	router := chi.NewRouter()
	router.Use(h.identify, limit(config.RequestsPerSecond))
	router.Post("/", h.add)
	router.Get("/{name}", h.follow)
	router.Get("/{name}/qr", h.draw)
	router.Handle("/metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	return gzhttp.GzipHandler(router)
}

// identify gives each request a name that stands in the log and in the answer.
func (h *handler) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := uuid.NewString()
		w.Header().Set("X-Request-Id", id)
		h.log.Info("request", "id", id, "method", r.Method, "path", r.URL.Path)
		next.ServeHTTP(w, r)
	})
}

func limit(perSecond float64) func(http.Handler) http.Handler {
	limiter := rate.NewLimiter(rate.Limit(perSecond), int(perSecond)+1)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !limiter.Allow() {
				http.Error(w, "too many requests", http.StatusTooManyRequests)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func (h *handler) add(w http.ResponseWriter, r *http.Request) {
	h.requests.WithLabelValues("add").Inc()
	var body link
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBodyBytes)).Decode(&body); err != nil {
		http.Error(w, "the body is not JSON", http.StatusBadRequest)
		return
	}
	if err := h.check.Struct(body); err != nil {
		http.Error(w, "url has to be an http or https address", http.StatusBadRequest)
		return
	}
	name, err := h.store.Add(body.URL)
	if err != nil {
		h.fail(w, err)
		return
	}
	body.Short = h.config.BaseURL + "/" + name
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		h.log.Warn("the answer was not sent", "error", err)
	}
}

func (h *handler) follow(w http.ResponseWriter, r *http.Request) {
	h.requests.WithLabelValues("follow").Inc()
	address, err := h.store.Find(chi.URLParam(r, "name"))
	if err != nil {
		h.fail(w, err)
		return
	}
	http.Redirect(w, r, address, http.StatusFound)
}

func (h *handler) draw(w http.ResponseWriter, r *http.Request) {
	h.requests.WithLabelValues("draw").Inc()
	name := chi.URLParam(r, "name")
	if _, err := h.store.Find(name); err != nil {
		h.fail(w, err)
		return
	}
	picture, err := qrcode.Encode(h.config.BaseURL+"/"+name, qrcode.Medium, qrPixels)
	if err != nil {
		h.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	if _, err := w.Write(picture); err != nil {
		h.log.Warn("the answer was not sent", "error", err)
	}
}

func (h *handler) fail(w http.ResponseWriter, err error) {
	if errors.Is(err, errNotFound) {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	h.log.Error("request failed", "error", err)
	http.Error(w, "something went wrong", http.StatusInternalServerError)
}
