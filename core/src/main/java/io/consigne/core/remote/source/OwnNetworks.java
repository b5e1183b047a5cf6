package io.consigne.core.remote.source;

import io.consigne.core.ids.Cidr;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks in which this host is itself. Their addresses may be public, and are reached from
 * here all the same without any firewall between: the host, and at home every neighbour, as IPv6
 * gives a public address to each.
 */
public final class OwnNetworks {
  private static final Logger LOG = LoggerFactory.getLogger(OwnNetworks.class);

  /** Shorter prefixes are no networks, but what a system says that knows none. */
  private static final int LEAST_V4_BITS = 8;

  private static final int LEAST_V6_BITS = 16;

  private final Supplier<List<Cidr>> source;
  private final long lifeNanos;
  private final LongSupplier nanoTime;
  private final Set<Cidr> told = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Read last;

  /**
   * Networks as {@code source} tells them, which is asked again when an answer is older than {@code
   * life}.
   */
  public OwnNetworks(Supplier<List<Cidr>> source, Duration life, LongSupplier nanoTime) {
    this.source = source;
    this.lifeNanos = life.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Those of the interfaces that this machine has now. */
  static OwnNetworks ofInterfaces(Duration life) {
    return new OwnNetworks(OwnNetworks::interfaces, life, System::nanoTime);
  }

  /** Whether the address is one of this host, or of its link; the operator is told which. */
  boolean contain(InetAddress address) {
    Optional<Cidr> found = now().stream().filter(own -> own.contains(address)).findAny();
    found.filter(told::add).ifPresent(OwnNetworks::tell);
    return found.isPresent();
  }

  /** Whoever asked for an address of it learns no more than of one that nobody has. */
  private static void tell(Cidr network) {
    LOG.info(
        "{} is a network of this host: remote uploads and webhooks do not go there, unless serve"
            + " --fetch-allow names it",
        network);
  }

  private List<Cidr> now() {
    Read read = last;
    long now = nanoTime.getAsLong();
    if (read == null || now - read.atNanos() >= lifeNanos) {
      read = new Read(List.copyOf(source.get()), now);
      last = read;
    }
    return read.networks();
  }

  private static List<Cidr> interfaces() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(each -> each.getInterfaceAddresses().stream())
          .map(OwnNetworks::network)
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException("The network interfaces of this host cannot be read", e);
    }
  }

  private static Cidr network(InterfaceAddress own) {
    return network(own.getAddress(), own.getNetworkPrefixLength());
  }

  static Cidr network(InetAddress address, int prefixBits) {
    int full = address.getAddress().length * 8;
    int least = full == 32 ? LEAST_V4_BITS : LEAST_V6_BITS;
    return new Cidr(address, prefixBits < least || prefixBits > full ? full : prefixBits);
  }

  private record Read(List<Cidr> networks, long atNanos) {}
}
