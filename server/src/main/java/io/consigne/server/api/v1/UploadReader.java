package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.failure.Failure;
import io.consigne.core.limits.Payer;
import io.consigne.core.limits.Transfer;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadId;
import io.consigne.core.uploads.UploadReport;
import io.consigne.core.uploads.Uploads;
import io.consigne.server.http.Boundary;
import io.consigne.server.http.Credentials;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import io.consigne.server.http.Multipart;
import io.consigne.server.http.MultipartLimits;
import io.consigne.server.http.Part;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Reads the body of an upload: fields and files in any order, each file as it comes in. */
final class UploadReader {
  private static final String FILE = "file[]";
  private static final MultipartLimits LIMITS =
      new MultipartLimits(WireLimits.UPLOAD_PARTS, WireLimits.PART_HEADER_BYTES);

  private final Uploads uploads;
  private final Callers callers;
  private final Passwords passwords;
  private final Gate gate;
  private final @Nullable Access guests;
  private final Semaphore largeBuffers = new Semaphore(WireLimits.LARGE_UPLOAD_BUFFERS);

  /**
   * Hands files to {@code uploads}.
   *
   * @param guests the account of the host's guests; null if they may not upload
   */
  UploadReader(
      Uploads uploads, Callers callers, Passwords passwords, Gate gate, @Nullable Access guests) {
    this.uploads = uploads;
    this.callers = callers;
    this.passwords = passwords;
    this.gate = gate;
    this.guests = guests;
  }

  /**
   * Reads to the end of the body and keeps what may be kept.
   *
   * @throws io.consigne.core.failure.FailureException if nothing was kept, with the reason of the
   *     first file
   * @throws io.consigne.server.http.MalformedBody if the body is not whole; nothing was kept
   */
  UploadReport read(Exchange exchange, @Nullable Access caller) throws IOException {
    Boundary boundary = Boundary.ofContentType(exchange.header("Content-Type").orElse(""));
    UploadId id = id(FormFields.query(exchange.query()));
    boolean large = caller != null && isLarge(exchange) && largeBuffers.tryAcquire();
    try {
      byte[] buffer =
          new byte[large ? Multipart.BUFFER_BYTES : WireLimits.SMALL_UPLOAD_BUFFER_BYTES];
      return read(exchange, new Multipart(exchange.body(), boundary, buffer, LIMITS), id, caller);
    } finally {
      if (large) {
        largeBuffers.release();
      }
    }
  }

  private static boolean isLarge(Exchange exchange) {
    long length = exchange.contentLength();
    return length < 0 || length > WireLimits.SMALL_UPLOAD_BUFFER_BYTES;
  }

  private UploadReport read(
      Exchange exchange, Multipart body, @Nullable UploadId id, @Nullable Access caller)
      throws IOException {
    var fields = new UploadFields();
    Part first = body.nextPart();
    while (first != null && first.fileName().isEmpty()) {
      fields.read(first);
      first = body.nextPart();
    }
    Sender sender = sender(exchange, caller, fields);
    Payer payer =
        sender.guest() ? Payer.guest(exchange.clientAddress()) : Payer.of(sender.access());
    try (Transfer transfer = gate.upload(exchange, payer);
        Upload upload = begin(id, sender)) {
      upload.expect(fields::withoutPassword);
      files(new Files(upload, transfer), body, first, fields);
      return upload.commit(fields.form(passwords)).requireKept();
    }
  }

  private Upload begin(@Nullable UploadId id, Sender sender) {
    return id == null ? uploads.begin(sender) : uploads.begin(id, sender);
  }

  private static @Nullable UploadId id(FormFields query) {
    return query
        .first("id")
        .filter(text -> !text.isEmpty())
        .map(text ->
            UploadId.parse(text)
                .orElseThrow(() ->
                    new Failure.Invalid("id", text, "must be 1 to 10 letters and digits")
                        .asException()))
        .orElse(null);
  }

  /** Who sends: known by a header, by a login in the fields before the first file, or a guest. */
  private Sender sender(Exchange exchange, @Nullable Access caller, UploadFields fields) {
    if (caller != null) {
      return Sender.identified(caller);
    }
    Optional<Credentials> login = fields.login();
    if (login.isPresent()) {
      return Sender.identified(callers.byPassword(exchange, login.get()));
    }
    if (guests != null) {
      return Sender.guest(guests.from(Gate.caller(exchange)));
    }
    throw callers.unknown(exchange);
  }

  private static void files(Files files, Multipart body, @Nullable Part first, UploadFields fields)
      throws IOException {
    for (Part part = first; part != null; part = body.nextPart()) {
      if (part.fileName().isEmpty()) {
        fields.read(part);
      } else {
        file(files, part, fields);
      }
    }
  }

  /** Takes one file; a browser's empty field is none. */
  private static void file(Files files, Part part, UploadFields fields) throws IOException {
    if (!part.name().equals(FILE)) {
      throw new Failure.Invalid("file field", part.name(), "must be called file[]").asException();
    }
    String name = part.fileName().orElseThrow();
    ByteBuffer bytes = part.next();
    if (name.isEmpty() && bytes == null) {
      return;
    }
    Transfer transfer = files.transfer();
    files
        .upload()
        .file(name, fields.takeModified())
        .receive(transfer.counted(bytes), () -> transfer.counted(part.next()));
    transfer.fileEnded();
  }

  /** Where files go, and what counts their bytes. */
  private record Files(Upload upload, Transfer transfer) {}
}
