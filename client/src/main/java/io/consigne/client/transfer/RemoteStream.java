package io.consigne.client.transfer;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.policy.Policy;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.wire.TransferCalls.DownloadAddress;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of a remote file. When the answer breaks, or the token ends, it goes on where it was; who
 * reads does not notice.
 */
final class RemoteStream extends InputStream {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

  private final Host host;
  private final Token token;
  private final DownloadSource source;
  private final long end;
  private long position;
  private int tries;
  private @Nullable WireAnswer answer;

  /** The bytes from {@code first} to before {@code end}. */
  RemoteStream(Host host, Token token, DownloadSource source, long first, long end) {
    this.host = host;
    this.token = token;
    this.source = source;
    this.position = first;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (position < end) {
      try {
        WireAnswer open = answer == null ? connect() : answer;
        answer = open;
        int most = (int) Math.min(length, end - position);
        int read = read(open, buffer, offset, most);
        if (read < 0) {
          throw new EOFException("the answer ended early: " + source.link());
        }
        position += read;
        tries = 0;
        return read;
      } catch (RefusedException e) {
        failed(e, mayPass(e.refusal()), TransferLimits.RANGE_TRIES);
      } catch (UnreachedNodeException e) {
        unreached(e);
      } catch (IOException e) {
        failed(e, Policy.isBroken(e), TransferLimits.RANGE_TRIES);
      }
    }
    return -1;
  }

  /** What the machine says of a broken answer, such as "closed", tells nobody what broke. */
  private static int read(WireAnswer open, byte[] buffer, int offset, int length)
      throws IOException {
    try {
      return open.body().read(buffer, offset, length);
    } catch (InterruptedIOException | HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("the answer of the host breaks off", e);
    }
  }

  /** Whether a new token, or time, may help: the file itself is asked about with the token. */
  private static boolean mayPass(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NotFound _, Refusal.Denied _, Refusal.Unknown _, Refusal.Invalid _ -> true;
      default -> refusal.isTransient();
    };
  }

  /** What other files have found out of a machine counts, too. */
  private void unreached(UnreachedNodeException e) throws IOException {
    boolean mayPass = Policy.isBroken(e);
    int most = token.nodes().tries(e.node());
    if (mayPass && tries + 1 >= most) {
      token.nodes().givenUp(e.node());
    }
    failed(e, mayPass, most);
  }

  private void failed(IOException e, boolean mayPass, int most) throws IOException {
    close();
    if (!mayPass || ++tries >= most) {
      throw e;
    }
    host.policy().pause("a download goes on: " + e.getMessage(), tries, e);
  }

  private WireAnswer connect() throws IOException {
    // Refusals of this call are final: the policy has tried whatever may pass.
    DownloadAddress address = address();
    boolean whole = position == 0 && end == source.sizeBytes();
    try {
      WireAnswer open = host.policy().free(() -> open(address, whole ? -1 : end - 1));
      token.started(address);
      return atPosition(open);
    } catch (RefusedException e) {
      token.forget(address);
      throw e;
    }
  }

  private WireAnswer open(DownloadAddress address, long last) throws IOException {
    try {
      return host.wire().download(address, position, last);
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw Policy.isForAll(e) ? new UnreachedNodeException(address.reveal().getAuthority(), e) : e;
    }
  }

  private DownloadAddress address() throws IOException {
    try {
      return token.get();
    } catch (IOException e) {
      tries = TransferLimits.RANGE_TRIES;
      throw e;
    }
  }

  /** The answer, at the first byte that is wanted: a host may give more than was asked for. */
  private WireAnswer atPosition(WireAnswer open) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(open.header("Content-Range").orElse(""));
    boolean partial = open.status() == 206 && range.matches();
    long first = partial ? Long.parseLong(range.group(1)) : 0;
    String size = partial ? range.group(2) : open.header("Content-Length").orElse("*");
    boolean other = !size.equals("*") && !size.equals(Long.toString(source.sizeBytes()));
    if (other || first > position || (open.status() == 206 && !partial)) {
      open.close();
      throw new RefusedException(
          new Refusal.Conflict(
              new Said(open.status(), "the file is not what was asked for: " + source)));
    }
    try {
      open.body().skipNBytes(position - first);
    } catch (IOException e) {
      open.close();
      throw e;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    WireAnswer open = answer;
    answer = null;
    if (open != null) {
      open.close();
    }
  }
}
