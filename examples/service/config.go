package main

import (
	"fmt"
	"os"

	"github.com/go-playground/validator/v10"
	"github.com/goccy/go-yaml"
	"github.com/spf13/pflag"
)

// Config is what the service can be told, by flag or by file; a flag wins.
type Config struct {
	Listen            string  `yaml:"listen" validate:"required,hostname_port"`
	Database          string  `yaml:"database" validate:"required"`
	BaseURL           string  `yaml:"base-url" validate:"required,http_url"`
	RequestsPerSecond float64 `yaml:"requests-per-second" validate:"gt=0"`
}

func defaultConfig() Config {
	return Config{
		Listen:            "localhost:8080",
		Database:          "links.db",
		BaseURL:           "http://localhost:8080",
		RequestsPerSecond: 100,
	}
}

func (c *Config) register(flags *pflag.FlagSet) {
	flags.StringVar(&c.Listen, "listen", c.Listen, "address to listen on")
	flags.StringVar(&c.Database, "database", c.Database, "file that keeps the links")
	flags.StringVar(&c.BaseURL, "base-url", c.BaseURL, "what a short link begins with")
	flags.Float64Var(&c.RequestsPerSecond, "requests-per-second", c.RequestsPerSecond, "more are answered with 429")
}

// readConfig joins the defaults, the file (if one is named) and the flags that were given, and checks the result.
func readConfig(file string, given Config, flags *pflag.FlagSet) (Config, error) {
	config := defaultConfig()
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return Config{}, err
		}
		if err := yaml.UnmarshalWithOptions(text, &config, yaml.Strict()); err != nil {
			return Config{}, fmt.Errorf("%s: %w", file, err)
		}
	}
	for name, use := range map[string]func(){
		"listen":              func() { config.Listen = given.Listen },
		"database":            func() { config.Database = given.Database },
		"base-url":            func() { config.BaseURL = given.BaseURL },
		"requests-per-second": func() { config.RequestsPerSecond = given.RequestsPerSecond },
	} {
		if flags.Changed(name) {
			use()
		}
	}
	return config, validator.New(validator.WithRequiredStructEnabled()).Struct(config)
}
