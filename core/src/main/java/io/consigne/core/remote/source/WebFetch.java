package io.consigne.core.remote.source;

import io.consigne.core.failure.FailureException;
import io.consigne.core.remote.source.SourceException.Reason;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Asks web servers for a file, from one to the next, and looks at each answer with distrust. */
final class WebFetch {
  /** Of these names a page may be, as of those without an extension. */
  private static final Pattern PAGE =
      Pattern.compile(".*[.]([xsp]?html?|xht|php[0-9]?|aspx?|jspx?|cgi|pl|do|action|cfm)");

  /** What looks like the kind of a file, such as docx or 001, and not like a name such as v1.2. */
  private static final Pattern FILE = Pattern.compile(".*[.]([a-z0-9]*[a-z][a-z0-9]*|[0-9]{3})");

  private static final int LONGEST_KIND = 5;

  private final Line line;
  private final WebCall call;
  private final SourceRequest request;

  WebFetch(Line line, SourceRequest request) {
    this.line = line;
    this.call = new WebCall(line);
    this.request = request;
  }

  Fetched open() throws SourceException {
    SourceRequest.Part part = request.partOrNull();
    if (part != null) {
      Optional<Fetched> fetched = resumed(follow(part), part);
      if (fetched.isPresent()) {
        return fetched.get();
      }
      line.hangUp();
    }
    return whole(follow(null));
  }

  /** Goes where the source sends us; what the owner's headers say is for the first host only. */
  private WebAnswer follow(SourceRequest.@Nullable Part part) throws SourceException {
    SourceUrl url = request.url();
    SourceHeaders headers = request.headers();
    for (int hops = 0; hops <= line.limits().talk().redirects(); hops++) {
      WebAnswer answer = call.send(url, get(url, headers, part));
      if (!answer.isRedirection()) {
        return answer;
      }
      line.hangUp();
      SourceUrl next = next(answer);
      headers = next.mayHearSecretsOf(url) ? headers : SourceHeaders.NONE;
      url = next;
    }
    throw new SourceException(
        Reason.REDIRECTED,
        request.url().host()
            + " sends elsewhere more than "
            + line.limits().talk().redirects()
            + " times");
  }

  private static ClassicHttpRequest get(
      SourceUrl url, SourceHeaders headers, SourceRequest.@Nullable Part part) {
    ClassicHttpRequest get = WebCall.request("GET", url, headers);
    if (part != null) {
      get.setHeader("Range", "bytes=" + part.bytes() + "-");
      get.setHeader("If-Range", part.validator());
    }
    return get;
  }

  private static SourceUrl next(WebAnswer answer) throws SourceException {
    String place = answer.url().place();
    try {
      SourceUrl next = answer.url().resolve(answer.header("Location").orElse("\0"));
      if (next.scheme().isWeb()) {
        return next;
      }
      throw new SourceException(
          Reason.REDIRECTED, place + " sends to " + next.scheme() + ", where no web page may lead");
    } catch (FailureException _) {
      throw new SourceException(Reason.REDIRECTED, place + " sends to what is no address");
    }
  }

  /** The rest of the file, or all of it if it is another one; empty if it must be asked anew. */
  private Optional<Fetched> resumed(WebAnswer answer, SourceRequest.Part part)
      throws SourceException {
    return switch (answer.status()) {
      case 206 -> rest(answer, part);
      case 412 -> Optional.empty();
      case 416 -> nothingLeft(answer, part);
      default -> Optional.of(instead(answer, part));
    };
  }

  /** A server may send less than was asked for, and the last byte that it names is not the end. */
  private Optional<Fetched> rest(WebAnswer answer, SourceRequest.Part part) throws SourceException {
    Optional<ContentRange> asAsked =
        answer
            .header("Content-Range")
            .flatMap(ContentRange::parse)
            .filter(range -> range.isRestOf(part) && answer.isAbout(part.validator()));
    if (asAsked.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong said = asAsked.get().length();
    return Optional.of(file(answer, part.bytes(), said.isPresent() ? said : part.length()));
  }

  /** All of the file is there, if it is as long as what is there. */
  private Optional<Fetched> nothingLeft(WebAnswer answer, SourceRequest.Part part)
      throws SourceException {
    boolean all =
        part.length().equals(OptionalLong.of(part.bytes()))
            && answer.header("Content-Range").equals(Optional.of("bytes */" + part.bytes()))
            && answer.isAbout(part.validator());
    if (!all) {
      return Optional.empty();
    }
    var extent = new FileBody.Extent(part.bytes(), part.length(), request.maxBytes());
    var body = new FileBody(line, InputStream.nullInputStream(), extent, () -> {});
    var label = new OpenFile.Label(name(answer), part.validator());
    return Optional.of(new OpenFile(line, extent, body, label));
  }

  /** A server that is in trouble says so with a page; it must not replace what is there. */
  private Fetched instead(WebAnswer answer, SourceRequest.Part part) throws SourceException {
    if (answer.isWebPage() && !part.validator().equals(validator(answer))) {
      throw new SourceException(
          Reason.BROKEN,
          answer.url().place() + " answers with a web page instead of the rest of the file");
    }
    return whole(answer);
  }

  private @Nullable String validator(WebAnswer answer) {
    return answer.validator(line.limits().sureAfter());
  }

  private Fetched whole(WebAnswer answer) throws SourceException {
    if (answer.status() == 206) {
      throw Trouble.nonsense(answer.url().place());
    }
    if (answer.status() != 200 && answer.status() != 203) {
      throw answer.refusal();
    }
    if (answer.isWebPage() && answer.header("Content-Disposition").isEmpty()) {
      requirePage(answer);
    }
    return file(answer, 0, answer.bodyLength());
  }

  private void requirePage(WebAnswer answer) throws SourceException {
    String host = request.url().host();
    if (LinkCall.of(request.url()).isPresent()) {
      throw new SourceException(
          Reason.WEB_PAGE,
          "This is a link, and its page is not the file: give your key of " + host + " with it");
    }
    if (!mayBePage()) {
      throw new SourceException(
          Reason.WEB_PAGE,
          answer.url().place()
              + " answers with a web page, not with the file that its address names");
    }
  }

  private boolean mayBePage() {
    String name = request.url().lastSegment().orElse("").toLowerCase(Locale.ROOT);
    boolean file =
        FILE.matcher(name).matches() && name.length() - name.lastIndexOf('.') - 1 <= LONGEST_KIND;
    return PAGE.matcher(name).matches() || !file;
  }

  private Fetched file(WebAnswer answer, long offset, OptionalLong length) throws SourceException {
    if (answer.isCompressed()) {
      throw new SourceException(
          Reason.COMPRESSED,
          answer.url().place() + " compresses the file, although it was asked not to");
    }
    var extent = new FileBody.Extent(offset, length, request.maxBytes());
    var body =
        new FileBody(line, answer.body(), extent, () -> line.requireGoodbye(answer.url(), extent));
    return new OpenFile(line, extent, body, new OpenFile.Label(name(answer), validator(answer)));
  }

  private @Nullable String name(WebAnswer answer) {
    return answer
        .header("Content-Disposition")
        .flatMap(ContentDisposition::fileName)
        .or(() -> answer.url().lastSegment())
        .or(() -> request.url().lastSegment())
        .map(ContentDisposition::lastPart)
        .orElse(null);
  }
}
