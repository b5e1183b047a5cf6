package io.consigne.core.keys;

import io.consigne.core.accounts.Right;
import io.consigne.core.db.Row;
import io.consigne.core.ids.Cidr;
import io.consigne.core.ids.FolderId;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a key may do, and where it ends.
 *
 * @param scopes what it may do with what it reaches, at least one
 * @param folderOrNull what it sees as its root; null for the account's
 * @param networks where it may come from; empty for everywhere
 * @param expiresOrNull from when on it is dead; null for never
 * @param rateOrNull how many requests a second it may make; null if only the plan counts
 */
public record Restriction(
    Set<Right> scopes,
    @Nullable FolderId folderOrNull,
    List<Cidr> networks,
    @Nullable Instant expiresOrNull,
    @Nullable Long rateOrNull) {
  /** What a key is that nothing is said about but what it may do. */
  static final Restriction NONE =
      new Restriction(EnumSet.allOf(Right.class), null, List.of(), null, null);

  /** Copies, in order. */
  public Restriction {
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("a key needs a scope");
    }
    scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
    networks = List.copyOf(networks);
  }

  /** What it sees as its root; empty for the account's. */
  public Optional<FolderId> folder() {
    return Optional.ofNullable(folderOrNull);
  }

  /** From when on it is dead. */
  public Optional<Instant> expires() {
    return Optional.ofNullable(expiresOrNull);
  }

  /** How many requests a second it may make; empty if only the plan counts. */
  public Optional<Long> rate() {
    return Optional.ofNullable(rateOrNull);
  }

  /** Whether it may come from there. */
  public boolean allows(InetAddress address) {
    return networks.isEmpty() || networks.stream().anyMatch(block -> block.contains(address));
  }

  /** Whether it is dead at that time. */
  public boolean isOver(Instant now) {
    return expires().map(end -> !end.isAfter(now)).orElse(false);
  }

  /** Whether it forbids something that {@code before} allowed, however fast. */
  boolean isNarrowerThan(Restriction before) {
    boolean seesAll = folderOrNull == null || folderOrNull.equals(before.folderOrNull);
    boolean lasts =
        expiresOrNull == null
            || (before.expiresOrNull != null && !expiresOrNull.isBefore(before.expiresOrNull));
    return !(seesAll && lasts && scopes.containsAll(before.scopes) && isOpenTo(before.networks));
  }

  private boolean isOpenTo(List<Cidr> others) {
    return networks.isEmpty() || (!others.isEmpty() && networks.containsAll(others));
  }

  /** The words for the scopes, in the order of the table of rights. */
  public List<String> scopeWords() {
    return scopes.stream().map(Right::word).toList();
  }

  /** All of it in words, for the audit log. */
  String summary() {
    var words = new StringBuilder(String.join(" ", scopeWords()));
    folder().ifPresent(id -> words.append(", in folder ").append(id));
    if (!networks.isEmpty()) {
      words.append(", from ").append(storedNetworks());
    }
    expires().ifPresent(end -> words.append(", until ").append(end));
    rate().ifPresent(most -> words.append(", ").append(most).append("/s"));
    return words.toString();
  }

  String storedScopes() {
    return String.join(" ", scopeWords());
  }

  String storedNetworks() {
    return networks.stream().map(Cidr::toString).collect(Collectors.joining(" "));
  }

  static Restriction read(Row row) {
    Long folder = row.numberOrNull("folder_id");
    return new Restriction(
        words(row.text("scopes")).stream()
            .map(word -> Right.named(word).orElseThrow())
            .collect(Collectors.toSet()),
        folder == null ? null : new FolderId(folder),
        words(row.text("networks")).stream().map(Cidr::parse).toList(),
        row.instantOrNull("expires_at"),
        row.numberOrNull("rate"));
  }

  private static List<String> words(String stored) {
    return stored.isEmpty() ? List.of() : Arrays.asList(stored.split(" ", -1));
  }
}
