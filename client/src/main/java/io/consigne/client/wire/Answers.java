package io.consigne.client.wire;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transport.WireAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer is: an object, a refusal, or a page for people where an object was due. */
final class Answers {
  /** How much of a page or of a refusal is read. */
  static final int PAGE_BYTES = 64 << 10;

  /**
   * The longest answer that is read: a gibibyte, or what a quarter of the memory holds. It takes
   * four times as much to read it: its pieces, then its bytes and its text, then its objects.
   */
  static final int LONGEST_BYTES = (int) Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

  private static final int SHOWN = 200;

  /** A date beyond is that of a wrong clock. */
  private static final Duration FURTHEST_DATE = Duration.ofDays(1);

  private static final Pattern BLOCK =
      Pattern.compile("class=\"bloc2\"[^<>]*+>\\s*([^<]+)", Pattern.CASE_INSENSITIVE);

  /** A script that is not closed is all that follows, as it is for browsers. */
  private static final Pattern TAGS =
      Pattern.compile("(?s)<(script|style)(?:.*?</\\1>|.*+)|<[^<>]*+>");

  private Answers() {}

  /**
   * The object that an answer holds, if it is a success.
   *
   * @throws RefusedException if it is not
   */
  static JsonObject object(WireAnswer answer) throws IOException {
    String text = text(answer);
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

  /**
   * The text of an answer: the beginning of a page or of a refusal, all of anything else.
   *
   * @throws RefusedException if it is too long
   */
  static String text(WireAnswer answer) throws IOException {
    byte[] head = answer.body().readNBytes(PAGE_BYTES);
    String beginning = new String(head, StandardCharsets.UTF_8);
    boolean page = !isSuccess(answer.status()) || beginning.stripLeading().startsWith("<");
    if (page || head.length < PAGE_BYTES) {
      return beginning;
    }
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), answer.body());
    byte[] bytes = whole.readNBytes(LONGEST_BYTES + 1);
    if (bytes.length > LONGEST_BYTES) {
      Said said =
          new Said(answer.status(), "the answer is longer than " + LONGEST_BYTES + " bytes");
      throw new RefusedException(new Refusal.TooLarge(said));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** What an answer that is not JSON means: by the words of its beginning, else not now. */
  static Refusal page(WireAnswer answer, String whole) {
    String text = whole.substring(0, Math.min(whole.length(), PAGE_BYTES));
    Matcher block = BLOCK.matcher(text);
    String words = block.find() ? block.group(1) : TAGS.matcher(text).replaceAll(" ");
    String shown = words.strip().replaceAll("\\s+", " ");
    Refusal refusal = refusal(answer, shown, false);
    return refusal instanceof Refusal.Unknown
        ? new Refusal.Unavailable(
            new Said(answer.status(), "the host answered a page: " + refusal.said().text(), false),
            Duration.ZERO)
        : refusal;
  }

  static Refusal refusal(WireAnswer answer, String words) {
    return refusal(answer, words, !words.isEmpty());
  }

  private static Refusal refusal(WireAnswer answer, String words, boolean isOwn) {
    String text = words.length() > SHOWN ? words.substring(0, SHOWN) : words;
    String shown = text.isEmpty() ? "status " + answer.status() : text;
    Refusal refusal = Refusals.of(new Said(answer.status(), shown, isOwn), retryAfter(answer));
    return refusal instanceof Refusal.Flood flood ? flood(flood, answer) : refusal;
  }

  /** The limits that the host tells of say whom it means, and until when if nothing else does. */
  private static Refusal flood(Refusal.Flood flood, WireAnswer answer) {
    Duration wait =
        flood.retryAfter().isZero() ? RateLimitFields.reset(answer) : flood.retryAfter();
    Refusal.Scope scope = RateLimitFields.isOfOneKind(answer) ? Refusal.Scope.KIND : flood.scope();
    return new Refusal.Flood(flood.said(), scope, wait);
  }

  /**
   * What {@code Retry-After} says, in seconds or as a date; zero without it. A date counts by the
   * host's own clock, which {@code Date} tells; one that is no time to wait says nothing.
   */
  static Duration retryAfter(WireAnswer answer) {
    String value = answer.header("Retry-After").orElse("").strip();
    if (value.matches("[0-9]{1,6}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    Optional<Instant> until = date(value);
    Optional<Instant> now = answer.header("Date").flatMap(Answers::date);
    return until.isEmpty() || now.isEmpty()
        ? Duration.ZERO
        : Optional.of(Duration.between(now.get(), until.get()))
            .filter(wait -> wait.isPositive() && wait.compareTo(FURTHEST_DATE) <= 0)
            .orElse(Duration.ZERO);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }
}
