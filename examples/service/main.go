// Command service shortens links over HTTP. It is a small real program for trying go-proxy-setup on: its go.mod needs
// some thirty public modules, as an ordinary service does.
package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/lmittmann/tint"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

const shutdownTimeout = 5 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := newCommand().ExecuteContext(ctx); err != nil {
		os.Exit(1)
	}
}

func newCommand() *cobra.Command {
	var file string
	flags := defaultConfig()
	command := &cobra.Command{
		Use:          "service",
		Short:        "Shorten links over HTTP",
		Args:         cobra.NoArgs,
		SilenceUsage: true,
		RunE: func(command *cobra.Command, _ []string) error {
			config, err := readConfig(file, flags, command.Flags())
			if err != nil {
				return err
			}
			log := slog.New(tint.NewHandler(command.ErrOrStderr(), nil))
			return serve(command.Context(), config, log)
		},
	}
	command.Flags().StringVar(&file, "config", "", "YAML file with the settings that the flags do not give")
	flags.register(command.Flags())
	return command
}

// serve runs until ctx ends, then lets the requests in flight finish.
func serve(ctx context.Context, config Config, log *slog.Logger) error {
	store, err := openStore(config.Database)
	if err != nil {
		return err
	}
	defer func() {
		if err := store.Close(); err != nil {
			log.Error("the database did not close", tint.Err(err))
		}
	}()
	server := &http.Server{Addr: config.Listen, Handler: newHandler(config, store, log), ReadHeaderTimeout: 5 * time.Second}

	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		log.Info("listening", "address", config.Listen)
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
		defer cancel()
		return server.Shutdown(ctx)
	})
	return group.Wait()
}
