package io.consigne.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One request and its answer. Used by one thread, but for what says otherwise.
 *
 * <p>The answer begins with {@link #status} and {@link #header}, which count until the first byte
 * of the body has gone out. The body of an answer to {@code HEAD} is written like any other, and
 * not sent.
 */
public final class Exchange implements SlowTakers.Answer {
  private final Connection connection;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Target target;
  private final RequestBody body;
  private final HttpLimits.Body limits;
  private final Taking taking = new Taking();
  private long written;
  private boolean aborted;
  private boolean inputOver;

  Exchange(Connection connection, Target target, HttpLimits.Body limits) throws IOException {
    this.connection = connection;
    this.request = connection.request();
    this.response = connection.response();
    this.target = target;
    this.limits = limits;
    this.body = new RequestBody(request.getInputStream(), limits, this::inputBroke);
  }

  /**
   * The method, as it came: upper case in every request that makes sense; empty if the request
   * cannot be understood.
   */
  public String method() {
    return Objects.requireNonNullElse(request.getMethod(), "");
  }

  /** The path, decoded once; it has no dot segments, encoded slashes or control characters. */
  public String path() {
    return target.path();
  }

  /** The query as it came, nothing decoded; empty if there is none. */
  public String query() {
    String query = request.getQueryString();
    return query == null ? "" : query;
  }

  /** The first header of this name, which is compared without regard to case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** The token of {@code Authorization: Bearer}. */
  public Optional<String> bearer() {
    return header("Authorization").flatMap(Authorization::bearer);
  }

  /** What {@code Authorization: Basic} carries; empty, too, if that cannot be read. */
  public Optional<Credentials> basic() {
    return header("Authorization").flatMap(Authorization::basic);
  }

  /** Who really asks: the peer, or whom a trusted proxy speaks for. */
  public InetAddress clientAddress() {
    return target.client();
  }

  /** How the client reaches this host. */
  public Origin origin() {
    return target.origin();
  }

  /** The hosts under which the client may know this one, with their ports, as origins have them. */
  public Set<String> hosts() {
    return target.hosts();
  }

  /** Where the host's own pages are for the client, whatever the public URL. */
  public Set<Origin> ownPages() {
    return target.ownPages();
  }

  /**
   * The body of the request. The first read asks a client that waits ({@code Expect: 100-continue})
   * to send. Throws {@link ClientGoneException} if the body ends early.
   */
  public InputStream body() {
    return body;
  }

  /**
   * The next bytes of the body, fewer than {@code most} only at its end.
   *
   * @throws LateBody if they take longer than {@code time}, however steadily they drip
   * @throws ClientGoneException if the body ends early
   */
  public byte[] bodyBytes(int most, Duration time) throws IOException {
    return within(() -> body.next(most, time));
  }

  /** What was read of the body, with the next bytes as {@link #bodyBytes(int, Duration)}. */
  public byte[] bodyBytes(byte[] begin, int most, Duration time) throws IOException {
    byte[] rest = bodyBytes(most - begin.length, time);
    byte[] all = Arrays.copyOf(begin, begin.length + rest.length);
    System.arraycopy(rest, 0, all, begin.length, rest.length);
    return all;
  }

  /**
   * The first bytes as {@link #bodyBytes(int, Duration)}, which stay to be read; before any other
   * read.
   */
  public byte[] peek(int most, Duration time) throws IOException {
    return within(() -> body.peek(most, time));
  }

  private byte[] within(BodyRead read) throws IOException {
    try {
      return read.bytes();
    } catch (LateBody e) {
      inputOver = true;
      closeAfterAnswer();
      throw e;
    }
  }

  /** The length of the body in bytes, -1 if the client did not say. */
  public long contentLength() {
    return request.getContentLengthLong();
  }

  /** Sets the status of the answer; 200 unless it is set. */
  public void status(int status) {
    response.setStatus(status);
  }

  /**
   * Sets a header of the answer, replacing what it had.
   *
   * @throws IllegalArgumentException if the value would begin a further line
   */
  public void header(String name, String value) {
    response.setHeader(name, checked(name, value));
  }

  /** Adds a header of the answer beside others of its name, such as {@code Set-Cookie}. */
  public void addHeader(String name, String value) {
    response.addHeader(name, checked(name, value));
  }

  /** Sends a whole answer. */
  public void send(int status, String contentType, byte[] content) throws IOException {
    status(status);
    header("Content-Type", contentType);
    response.setContentLengthLong(content.length);
    write(ByteBuffer.wrap(content));
  }

  /**
   * Sends bytes of the answer's body, and returns when the buffer may be used again. Set {@code
   * Content-Length} before, so that a client can tell a whole answer from a part of one.
   *
   * @throws ClientGoneException if the client went away or takes nothing
   */
  public void write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    taking.begin();
    try {
      response.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new ClientGoneException("taking its answer", e);
    } finally {
      taking.end(length);
    }
    written += length;
  }

  /** How the client takes what is written; may be asked by any thread. */
  @Override
  public Taking taking() {
    return taking;
  }

  /** How the client sends the body that is read; may be asked by any thread. */
  public Taking coming() {
    return body.coming();
  }

  /**
   * Makes every read and write fail, for a thread that is not the one of this exchange, while that
   * is at it; does not wait.
   */
  @Override
  public void hangUp() {
    connection.hangUp();
  }

  /** The body of the answer as a stream, under the terms of {@link #write}; need not be closed. */
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        Exchange.this.write(ByteBuffer.wrap(new byte[] {(byte) octet}));
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        Exchange.this.write(ByteBuffer.wrap(source, offset, length));
      }
    };
  }

  /** Sends what was written so far, instead of waiting for more. */
  public void flush() throws IOException {
    try {
      response.flushBuffer();
    } catch (IOException e) {
      throw new ClientGoneException("taking its answer", e);
    }
  }

  /** Whether status and headers have gone out, so that no other answer can be given. */
  public boolean startedResponse() {
    return response.isCommitted() || aborted;
  }

  /**
   * Resets the connection, so that the client notices that the answer is not complete. Nothing can
   * be sent after this.
   */
  public void abort() {
    aborted = true;
    connection.reset();
  }

  /**
   * Reads the rest of a refused request and throws it away, before the refusal is sent: some
   * clients take no answer before they have sent everything. A client that still waits with its
   * body ({@code Expect: 100-continue}) is left waiting: it gets the answer instead. Past the
   * limit, or {@link HttpLimits.Body#drain}, the connection closes after the answer.
   *
   * @throws ClientGoneException if the client went away
   */
  public void drain(long limitBytes) throws IOException {
    if (expectsContinue() && !body.touched()) {
      closeAfterAnswer();
      return;
    }
    if (!inputOver && !skipAll(body, limitBytes, limits.drain())) {
      closeAfterAnswer();
    }
  }

  private boolean skipAll(RequestBody rest, long limitBytes, Duration time) throws IOException {
    try {
      inputOver = !rest.skipAll(limitBytes, time);
    } catch (MalformedBody e) {
      inputOver = true;
    }
    return !inputOver;
  }

  /**
   * What a client still sends after its answer is read for a while, since it may take the answer
   * only then; but not what it drips.
   */
  private void linger() throws IOException {
    boolean waits = expectsContinue() && !body.touched();
    if (!inputOver && !waits && !hasNoBody()) {
      flush();
      var rest = new RequestBody(connection.input(), limits, this::readNoMore);
      skipAll(rest, HttpLimits.LINGER_BYTES, limits.idle());
    }
    if (inputOver) {
      connection.endInput();
    }
  }

  private boolean hasNoBody() {
    return body.ended()
        || contentLength() == 0
        || (contentLength() < 0 && request.getHeader("Transfer-Encoding") == null);
  }

  /** Ends the answer; aborts it if it is shorter than was announced. */
  void finish() throws IOException {
    if (aborted) {
      return;
    }
    String announced = response.getHeader("Content-Length");
    boolean bodiless = method().equals("HEAD") || response.getStatus() == 304;
    if (announced != null && !bodiless && Long.parseLong(announced) > written) {
      abort();
      return;
    }
    linger();
    try {
      connection.finish();
    } catch (IOException e) {
      throw new ClientGoneException("taking its answer", e);
    }
  }

  private void inputBroke() {
    inputOver = true;
    connection.resume();
    closeAfterAnswer();
  }

  /** Reads no more of a request that cannot be understood. */
  void readNoMore() {
    inputOver = true;
  }

  /** Forgets the answer that was begun, if none of it has gone out. */
  boolean restart() {
    if (startedResponse()) {
      return false;
    }
    response.reset();
    if (inputOver) {
      closeAfterAnswer();
    }
    written = 0;
    return true;
  }

  void closeAfterAnswer() {
    response.setHeader("Connection", "close");
  }

  private boolean expectsContinue() {
    return header("Expect")
        .map(value -> value.strip().toLowerCase(Locale.ROOT).equals("100-continue"))
        .orElse(false);
  }

  private static String checked(String name, String value) {
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("line break in header " + name);
    }
    return value;
  }

  @FunctionalInterface
  private interface BodyRead {
    byte[] bytes() throws IOException;
  }

  /**
   * Where a request goes to and comes from.
   *
   * @param path decoded
   * @param origin of the host, as the client sees it
   * @param hosts by which the client may know it
   * @param ownPages where its own pages are for the client
   * @param client who asks
   */
  record Target(
      String path, Origin origin, Set<String> hosts, Set<Origin> ownPages, InetAddress client) {}
}
