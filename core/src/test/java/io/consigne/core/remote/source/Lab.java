package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.ids.Cidr;
import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;

/** Fetches from hostile servers, with little patience. */
final class Lab implements AutoCloseable {
  static final long MAX_BYTES = 1_000_000;

  /** Allowed is the address of hostile servers alone. */
  static final FetchPolicy POLICY =
      policy(
          new FetchLimits.Waits(
              Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMillis(500), 1000));

  final OpenSources sources;

  Lab() {
    this(InetAddress::getAllByName);
  }

  Lab(Names names) {
    this(names, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  Lab(Names names, SSLSocketFactory tls) {
    this(POLICY, names, tls);
  }

  private Lab(FetchPolicy policy, Names names, SSLSocketFactory tls) {
    sources = new OpenSources(policy, names, tls);
  }

  /** A lab that waits for sources longer than any test. */
  static Lab patient() {
    Duration hour = Duration.ofHours(1);
    return new Lab(
        policy(new FetchLimits.Waits(hour, hour, hour, 1000)),
        InetAddress::getAllByName,
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private static FetchPolicy policy(FetchLimits.Waits waits) {
    return new FetchPolicy(
        new FetchLimits(
            new FetchLimits.Ports(allPorts(), Set.of(990)),
            new FetchLimits.Addresses(16, Duration.ofSeconds(5), 4, Duration.ofSeconds(10)),
            waits,
            new FetchLimits.Talk(5, 4096, 50, 4096, 64 * 1024),
            10 * MAX_BYTES,
            Duration.ofSeconds(1)),
        List.of(Cidr.parse(HostileServer.ADDRESS)));
  }

  /** The witness shall be kept out by its address, not by its port. */
  private static Set<Integer> allPorts() {
    return IntStream.rangeClosed(1, 65535).boxed().collect(Collectors.toSet());
  }

  Fetched open(String url) throws SourceException {
    return sources.open(SourceRequest.whole(SourceUrl.parse(url), SourceHeaders.NONE, MAX_BYTES));
  }

  /** Asks for the rest of a file of which the first bytes are there. */
  Fetched resume(String url, long offset, String validator) throws SourceException {
    return resume(url, new SourceRequest.Part(offset, validator, OptionalLong.empty()));
  }

  Fetched resume(String url, SourceRequest.Part part) throws SourceException {
    return sources.open(
        new SourceRequest(SourceUrl.parse(url), SourceHeaders.NONE, part, MAX_BYTES, null));
  }

  byte[] bytes(String url) throws IOException {
    try (Fetched fetched = open(url)) {
      return fetched.body().readAllBytes();
    }
  }

  /** Why this whole fetch fails. */
  SourceException refusal(String url) {
    SourceException refusal = catchThrowableOfType(SourceException.class, () -> bytes(url));
    if (refusal == null) {
      throw new AssertionError("nothing was refused");
    }
    return refusal;
  }

  Reason reason(String url) {
    return refusal(url).reason();
  }

  @Override
  public void close() {
    sources.close();
  }
}
