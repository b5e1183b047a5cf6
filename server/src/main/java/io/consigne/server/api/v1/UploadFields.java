package io.consigne.server.api.v1;

import io.consigne.core.accounts.Passwords;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.uploads.UploadForm;
import io.consigne.server.http.Credentials;
import io.consigne.server.http.OversizedBody;
import io.consigne.server.http.Part;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plain fields of an upload, which may come before and after the files: {@code did}, {@code
 * domain}, {@code dpass}, {@code user}, {@code pass}, and beyond 1fichier's {@code mtime}, the
 * modification time of the file that follows, in seconds since 1970 or as ISO 8601. The fields
 * about mails are read and have no effect.
 */
final class UploadFields {
  private static final Set<String> KNOWN =
      Set.of("did", "domain", "dpass", "user", "pass", "mtime");
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1L << 43);

  private final Map<String, String> values = new HashMap<>();
  private int bytes;

  /**
   * Reads a field; one that has no effect is ignored.
   *
   * @throws OversizedBody if it is too large, or all are together: nobody is charged for them
   */
  void read(Part part) throws IOException {
    if (KNOWN.contains(part.name())) {
      String text = part.text(WireLimits.UPLOAD_FIELD_BYTES);
      count(text.length());
      values.put(part.name(), text);
      return;
    }
    for (ByteBuffer piece = part.next(); piece != null; piece = part.next()) {
      count(piece.remaining());
    }
  }

  private void count(int more) throws OversizedBody {
    bytes += more;
    if (bytes > WireLimits.UPLOAD_FIELDS_BYTES) {
      throw new OversizedBody(
          "All fields together are larger than " + WireLimits.UPLOAD_FIELDS_BYTES + " bytes");
    }
  }

  private Optional<String> filled(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** A login by form fields. */
  Optional<Credentials> login() {
    return filled("pass").flatMap(pass -> filled("user").map(user -> new Credentials(user, pass)));
  }

  /** The modification time for the next file, once. */
  @Nullable Instant takeModified() {
    String text = values.remove("mtime");
    return text == null || text.isEmpty() ? null : instant(text.strip());
  }

  private static Instant instant(String text) {
    try {
      if (text.contains("T")) {
        return checked(Instant.parse(text));
      }
      Optional<BigDecimal> seconds = Decimals.parse(text);
      if (seconds.isPresent() && seconds.get().abs().compareTo(MOST_SECONDS) < 0) {
        return checked(Instant.ofEpochMilli(seconds.get().movePointRight(3).longValue()));
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw new Failure.Invalid(
            "mtime", text, "must be seconds since 1970, or a time like 2026-07-29T12:57:25Z")
        .asException();
  }

  private static Instant checked(Instant time) {
    if (time.isBefore(Instant.parse("0001-01-01T00:00:00Z"))
        || time.isAfter(Instant.parse("9999-12-30T00:00:00Z"))) {
      throw new DateTimeException("not in the years 1 to 9999");
    }
    return time;
  }

  /** What the fields say about all files. */
  UploadForm form(Passwords passwords) {
    Optional<String> password = filled("dpass");
    password.ifPresent(text -> AttributeRequest.checkPassword("dpass", text));
    UploadForm open = withoutPassword();
    String hash = password.map(passwords::hash).orElse(null);
    return new UploadForm(open.folder(), open.domain(), hash, open.recipient());
  }

  /** The same, before a password is hashed; a folder or domain that is no number counts as none. */
  UploadForm withoutPassword() {
    return new UploadForm(
        number("did")
            .filter(id -> id > 0)
            .<FolderRef>map(id -> FolderRef.of(new FolderId(id)))
            .orElse(FolderRef.ROOT),
        number("domain")
            .filter(id -> id >= 0 && id <= WireLimits.LAST_DOMAIN)
            .orElse(0L)
            .intValue(),
        null,
        filled("user").orElse(null));
  }

  private Optional<Long> number(String name) {
    return filled(name)
        .map(String::strip)
        .filter(text -> text.matches("-?[0-9]{1,18}"))
        .map(Long::valueOf);
  }
}
