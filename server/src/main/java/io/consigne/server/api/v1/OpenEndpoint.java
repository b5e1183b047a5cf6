package io.consigne.server.api.v1;

import io.consigne.server.http.Origin;

/** A path of {@code /v1} that anybody may call. */
@FunctionalInterface
interface OpenEndpoint {
  /** Says what to answer to a caller that reaches this host at {@code origin}. */
  Endpoint.Answer call(Origin origin);
}
