package io.consigne.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param email its address
 * @param offer what it pays for
 * @param subscriptionEnd until when, or null: it does not end, or is free
 * @param storage what it uses
 * @param cdn what it may spend on a faster network
 * @param uploadForbidden whether it may not upload now
 */
public record AccountInfo(
    String email,
    Offer offer,
    @Nullable Instant subscriptionEnd,
    Storage storage,
    Cdn cdn,
    boolean uploadForbidden) {

  /** What an account pays for. */
  public enum Offer {
    /** Nothing. */
    FREE,
    /** Premium. */
    PREMIUM,
    /** Access. */
    ACCESS,
    /** Premium GOLD. */
    GOLD,
    /** Something that came later. */
    UNKNOWN
  }

  /**
   * What is stored, in bytes.
   *
   * @param hotBytes fetched lately
   * @param coldBytes not fetched lately
   * @param allowedColdBytes how much of that there may be
   * @param availableBytes what is left; negative if there is too much
   */
  public record Storage(
      long hotBytes, long coldBytes, long allowedColdBytes, long availableBytes) {}

  /**
   * Credits for the faster network.
   *
   * @param creditGigabytes what is left
   * @param used whether the account's own downloads spend them
   */
  public record Cdn(double creditGigabytes, boolean used) {}
}
