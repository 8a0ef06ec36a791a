package main

import (
	"context"
	"flag"
	"fmt"

	"fixly/app"
	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/demo"
	"fixly/doctor"
	"fixly/model"
	"fixly/store"
	"fixly/twilioapi"
)

// diagnose looks the installation over and fails when something is broken.
func diagnose(ctx context.Context, w world, args []string) error {
	fs := flag.NewFlagSet("doctor", flag.ContinueOnError)
	cfg, rest, err := config.Read(fs, args, w.getenv)
	if config.IsHelp(err) {
		return helpFor(w.stdout, "doctor [FLAGS]",
			"Checks configuration, database, carrier, calendar and clock. Each line says what is wrong and what to do.\n"+
				"It changes nothing. Give it the flags and the environment of the server. Exit status 1: something is wrong.")
	}
	if len(rest) > 0 {
		return usageError{fmt.Errorf("doctor takes no argument such as %q; see fixly doctor --help", rest[0])}
	}
	findings := doctor.Examine(ctx, doctor.Options{
		Config:    cfg,
		ConfigErr: err,
		Open: func(ctx context.Context) (doctor.Database, error) {
			if err := cfg.FindSecretKey(); err != nil {
				return nil, err
			}
			db, err := store.Inspect(ctx, cfg.Database, store.Options{SecretKey: cfg.SecretKey})
			if err != nil {
				return nil, err
			}
			return db, nil
		},
		Fiction: func(l business.Line) bool {
			return cfg.Demo && cfg.TwilioAPIURL == twilioapi.DefaultURL && demo.IsLine(l)
		},
		AskModel: askModel(cfg),
		Clock:    clock.Real(),
	})
	wrong, err := doctor.Write(w.stdout, findings)
	if err != nil {
		return err
	}
	if wrong {
		return errReported
	}
	return nil
}

// askModel puts a question of a few tokens to the model of the settings; nil when there is none.
func askModel(cfg config.Config) func(context.Context) error {
	p := app.Model(cfg)
	if p == nil {
		return nil
	}
	return func(ctx context.Context) error {
		_, err := p.Ask(ctx, model.Request{
			System: "Answer with JSON of the given schema.", Data: `{"say":"ok"}`, Name: "check", MaxTokens: 30,
			Schema: map[string]any{
				"type": "object", "additionalProperties": false, "required": []any{"say"}, "properties": map[string]any{"say": map[string]any{"type": "string"}},
			},
		})
		return err
	}
}
