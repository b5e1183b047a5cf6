package io.consigne.client.wire;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transport.WireAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer is: an object, a refusal, or a page for people where an object was due. */
final class Answers {
  private static final int SHOWN = 200;
  private static final Pattern BLOCK =
      Pattern.compile("class=\"bloc2\"[^>]*>\\s*([^<]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAGS = Pattern.compile("(?s)<(script|style).*?</\\1>|<[^>]*>");

  private Answers() {}

  /**
   * The object that an answer holds, if it is a success.
   *
   * @throws RefusedException if it is not
   */
  static JsonObject object(WireAnswer answer) throws IOException {
    String text = answer.text();
    Optional<JsonObject> object = Json.object(text);
    if (object.isEmpty()) {
      throw new RefusedException(page(answer, text));
    }
    String status = object.get().textOrEmpty("status");
    boolean good = isSuccess(answer.status()) && !status.equalsIgnoreCase("KO");
    if (!good) {
      throw new RefusedException(refusal(answer, object.get().textOrEmpty("message")));
    }
    return object.get();
  }

  /** What an answer that is not JSON means: by its words, else not now. */
  static Refusal page(WireAnswer answer, String text) {
    Matcher block = BLOCK.matcher(text);
    String words = block.find() ? block.group(1) : TAGS.matcher(text).replaceAll(" ");
    String shown = words.strip().replaceAll("\\s+", " ");
    Refusal refusal = refusal(answer, shown);
    return refusal instanceof Refusal.Unknown
        ? new Refusal.Unavailable(
            new Said(answer.status(), "the host answered a page: " + refusal.said().text()),
            Duration.ZERO)
        : refusal;
  }

  static Refusal refusal(WireAnswer answer, String words) {
    String text = words.length() > SHOWN ? words.substring(0, SHOWN) : words;
    String shown = text.isEmpty() ? "status " + answer.status() : text;
    return Refusals.of(new Said(answer.status(), shown), retryAfter(answer));
  }

  /** What {@code Retry-After} says in seconds; zero without it. */
  static Duration retryAfter(WireAnswer answer) {
    return answer
        .header("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .orElse(Duration.ZERO);
  }

  static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }
}
