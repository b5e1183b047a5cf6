package io.consigne.core.remote.source;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** What a web server answered at an address. */
record WebAnswer(SourceUrl url, ClassicHttpResponse response) {
  private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> LATER = Set.of(408, 425, 429, 500, 502, 503, 504, 507, 509);

  /** An ETag that means bytes, and that may stand in a header as it is. */
  private static final Pattern STRONG = Pattern.compile("\"[\\x21\\x23-\\x7e]{1,200}\"");

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  int status() {
    return response.getCode();
  }

  boolean isRedirection() {
    return REDIRECTIONS.contains(status());
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  private String lower(String name) {
    return header(name).orElse("").strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a person should read it. */
  boolean isWebPage() {
    String type = lower("Content-Type");
    return type.startsWith("text/html") || type.startsWith("application/xhtml+xml");
  }

  /** Whether the file is wrapped for the way, other than files of such a name are by themselves. */
  boolean isCompressed() {
    String coding = lower("Content-Encoding");
    boolean packedByItself =
        (coding.equals("gzip") || coding.equals("x-gzip"))
            && url.lastSegment().orElse("").toLowerCase(Locale.ROOT).matches(".*[.](gz|tgz)");
    return !(coding.isEmpty() || coding.equals("identity") || packedByItself);
  }

  /** How long the body is, if the server says so. */
  OptionalLong bodyLength() {
    HttpEntity entity = response.getEntity();
    return entity == null || entity.getContentLength() < 0
        ? OptionalLong.empty()
        : OptionalLong.of(entity.getContentLength());
  }

  InputStream body() throws SourceException {
    try {
      if (response.getEntity() == null) {
        throw Trouble.nonsense(url.place());
      }
      return response.getEntity().getContent();
    } catch (IOException e) {
      throw Trouble.beforeFile(url.place(), e);
    }
  }

  /** What an {@code If-Range} can name: a strong ETag, or a date that was that old at least. */
  @Nullable String validator(Duration sureAfter) {
    if (lower("Accept-Ranges").equals("none")) {
      return null;
    }
    return header("ETag")
        .filter(tag -> STRONG.matcher(tag).matches())
        .or(() -> header("Last-Modified").filter(date -> isOld(date, sureAfter)))
        .orElse(null);
  }

  private boolean isOld(String modified, Duration sureAfter) {
    try {
      return !instant(modified).plus(sureAfter).isAfter(instant(header("Date").orElse("")));
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static Instant instant(String date) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
  }

  /** Whether it is about the state of the file that this validator names, as far as it says. */
  boolean isAbout(String validator) {
    String field = validator.startsWith("\"") ? "ETag" : "Last-Modified";
    return header(field).map(validator::equals).orElse(true);
  }

  /** Whether a server that answers so may answer otherwise later. */
  static boolean isLater(int status) {
    return LATER.contains(status);
  }

  /**
   * For how long the server asks to be left alone: in seconds, or until a time by its own clock.
   */
  private @Nullable Duration retryAfterOrNull() {
    String said = header("Retry-After").orElse("").strip();
    if (SECONDS.matcher(said).matches()) {
      return Duration.ofSeconds(Long.parseLong(said));
    }
    try {
      Duration until = Duration.between(instant(header("Date").orElse("")), instant(said));
      return until.isNegative() ? null : until;
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** Why there is no file in it. */
  SourceException refusal() {
    int status = status();
    if (isLater(status)) {
      return new SourceException(
          Reason.BUSY,
          url.place() + " cannot send the file now (status " + status + ")",
          retryAfterOrNull());
    }
    String how =
        switch (status) {
          case 401, 403, 407 -> " does not give the file to us";
          case 404, 410 -> " has no such file";
          default -> " does not send the file";
        };
    return new SourceException(Reason.REFUSED, url.place() + how + " (status " + status + ")");
  }
}
