package ingest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"gaung/ingest/source"
)

// Intake answers one POST /api/v1/ingest/{kind}: token is what stands behind
// "Bearer" in Authorization, contentType and idempotencyKey the headers of
// these names. The answer is to be written as JSON with the status; on an
// error, which is an [*Error] with words for the sender, answer is nil.
//
//	200 taken; rejected rows are counted and listed in the answer
//	401 no such token               403 the token does not allow this kind
//	404 no such kind                409 idempotency key used for another body
//	413 body too large              415 neither JSON lines nor CSV
//	422 body cannot be used         503 not now, repeat later
type Intake func(ctx context.Context, kind, token, contentType, idempotencyKey string, body io.Reader) (answer any, status int, err error)

// Intake is the intake of pushes that the configuration allows.
func (in *Ingester) Intake(config *source.Config) Intake {
	return func(ctx context.Context, kind, token, contentType, idempotencyKey string, body io.Reader) (any, int, error) {
		sender, ok := config.PushSource(strings.TrimSpace(token))
		if !ok {
			// Said first, so that nobody learns anything without a token.
			return nil, http.StatusUnauthorized, &Error{Kind: Usage, Words: "token tidak dikenal; kirim Authorization: Bearer TOKEN dari sumber yang terdaftar di bagian push"}
		}
		if !slices.Contains(source.PushKinds(), kind) {
			return nil, http.StatusNotFound, usagef("jenis %q tidak dapat dikirim; yang ada: %s", truncate(clean(kind), 40), strings.Join(source.PushKinds(), ", "))
		}
		if !slices.Contains(sender.Kinds, kind) {
			return nil, http.StatusForbidden, usagef("token ini tidak boleh mengirim %s; yang boleh: %s", kind, strings.Join(sender.Kinds, ", "))
		}
		result, err := in.Push(ctx, PushRequest{
			Kind: kind, Source: sender.Source, Region: sender.Region, OPD: sender.OPD,
			ContentType: contentType, IdempotencyKey: idempotencyKey, Body: body,
		})
		if err != nil {
			in.log.Warn("push refused", "source", sender.Source, "kind", kind, "err", errors.Join(err, errors.Unwrap(err)))
			return nil, pushStatus(err), err
		}
		in.log.Info("push taken", "source", sender.Source, "kind", kind, "rows", result.Rows, "accepted", result.Accepted, "updated", result.Updated, "rejected", result.Rejected)
		return result, http.StatusOK, nil
	}
}

// pushStatus is the HTTP status of an error of a push.
func pushStatus(err error) int {
	var own *Error
	if !errors.As(err, &own) {
		return http.StatusServiceUnavailable
	}
	switch own.Kind {
	case Conflict:
		return http.StatusConflict
	case TooLarge:
		return http.StatusRequestEntityTooLarge
	case BadType:
		return http.StatusUnsupportedMediaType
	case Usage:
		return http.StatusUnprocessableEntity
	}
	return http.StatusServiceUnavailable
}
