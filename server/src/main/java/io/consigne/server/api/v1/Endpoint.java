package io.consigne.server.api.v1;

import io.consigne.core.limits.CallKind;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** One path of {@code /v1}. */
@FunctionalInterface
interface Endpoint {
  /**
   * Does what is asked and says what to answer.
   *
   * @throws io.consigne.core.failure.FailureException if it is refused
   */
  Answer call(Call call);

  /** What a call is charged for beside being one; empty for most. */
  default Optional<CallKind> charge(JsonRequest body) {
    return Optional.empty();
  }

  /** What a refused call was about, for the audit log: never a secret. */
  default List<String> named(JsonRequest body) {
    return body.named();
  }

  /** Writes the members of the answer's object; may read more while it writes. */
  @FunctionalInterface
  interface Answer {
    /** An answer that says no more than that it worked. */
    Answer OK = Answer::ok;

    /** Writes the members. */
    void write(JsonGenerator json);

    /** Writes {@code "status":"OK"}. */
    static void ok(JsonGenerator json) {
      json.writeStringProperty("status", "OK");
    }
  }
}
