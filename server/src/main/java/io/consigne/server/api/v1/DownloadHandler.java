package io.consigne.server.api.v1;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FileId;
import io.consigne.core.keys.KeyUse;
import io.consigne.core.limits.Payer;
import io.consigne.core.limits.Transfer;
import io.consigne.core.links.DownloadedFile;
import io.consigne.core.links.Downloads;
import io.consigne.server.http.ByteRange;
import io.consigne.server.http.ContentDisposition;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.http.IfRange;
import io.consigne.server.http.MediaTypes;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /p<token>}: one file, whole or a range of it. The bytes that are sent are the
 * buffer that was checked; the first one is checked before any header goes out, and damage further
 * on resets the connection, so that no answer with a wrong byte is ever complete. So does the end
 * of what opened it.
 */
final class DownloadHandler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(DownloadHandler.class);
  private static final String POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Downloads downloads;
  private final Blobs blobs;
  private final Gate gate;
  private final KeyUse use;
  private final Consumer<FileId> downloading;

  /** Tells {@code use} what was sent, and {@code downloading} of each download that begins. */
  DownloadHandler(
      Downloads downloads, Blobs blobs, Gate gate, KeyUse use, Consumer<FileId> downloading) {
    this.downloads = downloads;
    this.blobs = blobs;
    this.gate = gate;
    this.use = use;
    this.downloading = downloading;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    boolean head = exchange.method().equals("HEAD");
    if (!head && !exchange.method().equals("GET")) {
      gate.notThere(exchange);
      exchange.header("Allow", "GET, HEAD");
      WebPage.refuse(exchange, Refusal.METHOD);
      return;
    }
    Downloads.Download download = open(exchange);
    if (head) {
      answer(exchange, download, bytes -> {});
      return;
    }
    try (Transfer transfer =
        gate.download(exchange, payer(exchange, download), download.file().id())) {
      downloading.accept(download.file().id());
      answer(exchange, download, transfer::moved);
    }
  }

  private static Payer payer(Exchange exchange, Downloads.Download download) {
    return download
        .by()
        .map(who -> Payer.of(who.account(), who.plan()))
        .orElseGet(() -> Payer.guest(exchange.clientAddress()));
  }

  private void answer(Exchange exchange, Downloads.Download download, LongConsumer sent)
      throws IOException {
    DownloadedFile file = download.file();
    switch (range(exchange, file)) {
      case ByteRange.Whole _ -> send(exchange, new Span(download, 0, file.size(), null, sent), 200);
      case ByteRange.Part part -> {
        String range = part.contentRange(file.size());
        send(exchange, new Span(download, part.from(), part.toExclusive(), range, sent), 206);
      }
      case ByteRange.Unsatisfiable none -> {
        headers(exchange, download);
        exchange.header("Content-Range", none.contentRange(file.size()));
        exchange.send(416, "text/plain; charset=utf-8", new byte[0]);
      }
    }
  }

  private Downloads.Download open(Exchange exchange) {
    String token = exchange.path().substring(TokenEndpoint.PREFIX.length());
    try {
      return downloads.open(
          token,
          new Downloads.Bearer(
              exchange.clientAddress(),
              exchange.bearer().orElse(null),
              exchange.header("Range").isPresent()));
    } catch (FailureException e) {
      gate.notThere(exchange);
      throw e;
    }
  }

  /** What is asked for; {@code HEAD} has no ranges (RFC 9110, section 14.2). */
  private static ByteRange range(Exchange exchange, DownloadedFile file) {
    boolean counts =
        exchange.method().equals("GET")
            && IfRange.holds(exchange.header("If-Range").orElse(null), etag(file), file.uploaded());
    return ByteRange.parse(counts ? exchange.header("Range").orElse(null) : null, file.size());
  }

  private static String etag(DownloadedFile file) {
    return "\"" + file.sha256() + "\"";
  }

  /** The rest of the query is nobody's business: some clients put something of their own there. */
  private static boolean asksInline(String query) {
    return Arrays.stream(query.split("&", -1))
        .anyMatch(field -> field.equals("inline") || field.startsWith("inline="));
  }

  /**
   * Content never runs as a page of this host: only types that cannot run are shown, always under a
   * sandbox, and nothing is guessed.
   */
  private static void headers(Exchange exchange, Downloads.Download download) {
    DownloadedFile file = download.file();
    boolean asked = download.inline() || asksInline(exchange.query());
    boolean inline = asked && MediaTypes.isSafeInline(MediaTypes.of(file.name().value()));
    exchange.header("Accept-Ranges", "bytes");
    exchange.header("ETag", etag(file));
    exchange.header("Last-Modified", HTTP_DATE.format(file.uploaded()));
    exchange.header("Cache-Control", "private, no-transform");
    exchange.header("X-Content-Type-Options", "nosniff");
    exchange.header("Content-Security-Policy", POLICY);
    exchange.header("Referrer-Policy", "no-referrer");
    exchange.header(
        "Content-Disposition",
        inline
            ? ContentDisposition.inline(file.name().value())
            : ContentDisposition.attachment(file.name().value()));
    exchange.header(
        "Content-Type", inline ? MediaTypes.of(file.name().value()) : MediaTypes.UNKNOWN);
  }

  /** A refusal, when the first block is damaged, has none of the content's headers. */
  private void send(Exchange exchange, Span span, int status) throws IOException {
    Downloads.Download download = span.download();
    long sent = 0;
    var open = new OpenDownload(() -> downloads.isStillOpen(download), System::nanoTime);
    try (var bytes = new SegmentReader(blobs, download.segments(), span.from(), span.to())) {
      ByteBuffer first = bytes.next();
      headers(exchange, download);
      if (span.contentRangeOrNull() != null) {
        exchange.header("Content-Range", span.contentRangeOrNull());
      }
      exchange.header("Content-Length", Long.toString(span.to() - span.from()));
      exchange.status(status);
      if (exchange.method().equals("HEAD")) {
        return;
      }
      for (ByteBuffer next = first; next != null; next = bytes.next()) {
        int length = next.remaining();
        if (!open.isStill()) {
          exchange.abort();
          return;
        }
        exchange.write(next);
        sent += length;
        span.sent().accept(length);
      }
    } catch (FailureException e) {
      tell(download.file(), e);
      if (!exchange.startedResponse()) {
        throw e;
      }
      exchange.abort();
    } finally {
      count(download, sent);
    }
  }

  private static void tell(DownloadedFile file, FailureException e) {
    if (e.failure() instanceof Failure.Rotten rotten) {
      LOG.error(
          "Damaged content was not served: file {} of account {}, {}",
          file.id(),
          file.account(),
          rotten.where());
    } else if (e.getCause() instanceof UncheckedIOException unread) {
      LOG.error(
          "Content could not be read: file {} of account {}, {}",
          file.id(),
          file.account(),
          String.valueOf(unread.getCause()));
    }
  }

  private void count(Downloads.Download download, long sent) {
    if (sent > 0) {
      download.by().flatMap(Downloads.Downloader::key).ifPresent(key -> use.downloaded(key, sent));
    }
  }

  /** What is sent of a file, and whom to tell of it. */
  private record Span(
      Downloads.Download download,
      long from,
      long to,
      @Nullable String contentRangeOrNull,
      LongConsumer sent) {}
}
