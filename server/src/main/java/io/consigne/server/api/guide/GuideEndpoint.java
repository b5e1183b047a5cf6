package io.consigne.server.api.guide;

import io.consigne.core.limits.CallKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** One path of this front. */
@FunctionalInterface
interface GuideEndpoint {
  /**
   * Does what is asked and says what to answer.
   *
   * @throws io.consigne.core.failure.FailureException if it is refused
   */
  Answer call(GuideCall call);

  /** What a call is charged for beside being one; empty for most. */
  default Optional<CallKind> charge() {
    return Optional.empty();
  }

  /** What a refused call was about, for the audit log: never a secret. */
  default List<String> named(Parameters parameters) {
    return parameters.named();
  }

  /** Writes the members of the answer's object but for {@code status}. */
  @FunctionalInterface
  interface Answer {
    /** Writes the members. */
    void write(JsonGenerator json);

    /** An answer of texts, numbers and lists. */
    static Answer of(Map<String, ?> members) {
      return json -> members.forEach(json::writePOJOProperty);
    }
  }
}
