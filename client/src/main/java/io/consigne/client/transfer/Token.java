package io.consigne.client.transfer;

import io.consigne.client.wire.TransferCalls.DownloadAddress;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The permission to fetch one file: asked for when it is needed, used as long as it lasts. */
final class Token {
  private final Host host;
  private final DownloadAccess access;
  private final DownloadSource source;
  private final Nodes nodes;
  private @Nullable DownloadAddress address;
  private Instant asked = Instant.EPOCH;
  private boolean started;

  Token(Host host, DownloadAccess access, DownloadSource source, Nodes nodes) {
    this.host = host;
    this.access = access;
    this.source = source;
    this.nodes = nodes;
  }

  /** An address that works, as far as its age tells. */
  synchronized DownloadAddress get() throws IOException {
    DownloadAddress known = address;
    Instant now = host.timing().now();
    Instant end = asked.plus(started ? TransferLimits.TOKEN_RESUMES : TransferLimits.TOKEN_STARTS);
    if (known != null && now.isBefore(end)) {
      return known;
    }
    DownloadAddress fresh = access.address(source);
    host.wire().requireTls(fresh);
    address = fresh;
    asked = host.timing().now();
    started = false;
    return fresh;
  }

  /** An address has given bytes. */
  synchronized void started(DownloadAddress used) {
    started |= used.equals(address);
    nodes.reached(used.reveal().getAuthority());
  }

  /** What is known of the machines that have the bytes. */
  Nodes nodes() {
    return nodes;
  }

  /** An address does not work any more. */
  synchronized void forget(DownloadAddress used) {
    if (used.equals(address)) {
      address = null;
    }
  }
}
