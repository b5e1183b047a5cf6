package io.consigne.core.remote.source;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.OptionalLong;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPReply;
import org.jspecify.annotations.Nullable;

/** Asks an FTP server for a file. */
final class FtpFetch {
  private static final String DIGITS = "[0-9]{1,18}";

  private final Line line;
  private final SourceRequest request;
  private final SourceUrl url;
  private final FtpTalk talk;

  FtpFetch(Line line, SourceRequest request) {
    this.line = line;
    this.request = request;
    this.url = request.url();
    this.talk = new FtpTalk(line, url);
  }

  Fetched open() throws SourceException {
    if (url.ftpPath().isEmpty()) {
      throw new SourceException(Reason.REFUSED, "The address names no file");
    }
    Socket control = line.connect(url, line.limits().talk().ftpBytes());
    try {
      talk.begin(control);
      login();
      talk.secureData();
      if (!talk.setFileType(FTP.BINARY_FILE_TYPE)) {
        throw refusal(" does not send files as they are");
      }
      return file();
    } catch (IOException | RuntimeException e) {
      throw line.failure(url, e);
    }
  }

  private void login() throws IOException {
    boolean nobody = url.user().isEmpty();
    boolean in =
        nobody ? talk.login("anonymous", "anonymous@") : talk.login(url.user(), url.password());
    if (!in) {
      throw refusal(" does not let us in");
    }
  }

  private Fetched file() throws IOException {
    OptionalLong length = length();
    String state = state(length);
    boolean resumes = state != null && state.equals(request.validator());
    long offset = resumes ? request.offset() : 0;
    InputStream wire = retrieve(offset);
    if (wire == null && offset > 0) {
      offset = 0;
      wire = retrieve(offset);
    }
    if (wire == null) {
      throw refusal(" does not send the file");
    }
    var extent = new FileBody.Extent(offset, length, request.maxBytes());
    InputStream data = wire;
    var body = new FileBody(line, data, extent, () -> end(data, extent));
    String name = url.lastSegment().map(ContentDisposition::lastPart).orElse(null);
    return new OpenFile(line, extent, body, new OpenFile.Label(name, state));
  }

  private @Nullable InputStream retrieve(long offset) throws IOException {
    talk.setRestartOffset(offset);
    return talk.retrieveFileStream(url.ftpPath());
  }

  private OptionalLong length() throws IOException {
    String size = talk.getSize(url.ftpPath());
    boolean known = size != null && size.strip().matches(DIGITS);
    return known ? OptionalLong.of(Long.parseLong(size.strip())) : OptionalLong.empty();
  }

  /** When the file was changed, and its length: FTP knows no better name for a state. */
  private @Nullable String state(OptionalLong length) throws IOException {
    String time = talk.getModificationTime(url.ftpPath());
    boolean known = time != null && time.strip().matches("[0-9]{14}([.][0-9]{1,9})?");
    return known && length.isPresent() ? time.strip() + "/" + length.getAsLong() : null;
  }

  /**
   * The server says whether it sent all; but not whether all arrived, which only a goodbye of TLS
   * tells if there is no length.
   */
  private void end(InputStream data, FileBody.Extent extent) throws IOException {
    line.requireGoodbye(url, extent);
    data.close();
    if (!talk.completePendingCommand()) {
      throw new SourceException(
          Reason.BROKEN,
          url.host() + " did not send the whole file (reply " + talk.getReplyCode() + ")");
    }
  }

  private SourceException refusal(String how) {
    int reply = talk.getReplyCode();
    Reason reason = FTPReply.isNegativeTransient(reply) ? Reason.BUSY : Reason.REFUSED;
    return new SourceException(reason, url.host() + how + " (reply " + reply + ")");
  }
}
