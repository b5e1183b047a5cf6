package io.consigne.client.model;

import java.util.Set;

/**
 * What a host offers beyond the 1fichier API.
 *
 * @param consigne whether it is a Consigne host
 * @param features by name, as {@code upload-mtime}
 */
public record Capabilities(boolean consigne, Set<String> features) {
  /** Nothing: 1fichier.com. */
  public static final Capabilities NONE = new Capabilities(false, Set.of());

  /** Copies. */
  public Capabilities {
    features = Set.copyOf(features);
  }

  /** {@return whether empty files can be stored} */
  public boolean emptyFiles() {
    return features.contains("empty-files");
  }

  /** {@return whether modification times travel with uploads} */
  public boolean uploadTimes() {
    return features.contains("upload-mtime");
  }

  /** {@return whether links can end by themselves} */
  public boolean linkExpiry() {
    return features.contains("link-expiry");
  }

  /** {@return whether the address of a public folder can open what lies below it, too} */
  public boolean publicBelow() {
    return features.contains("public-below");
  }

  /** {@return whether listings are complete at any size} */
  public boolean fullListing() {
    return features.contains("full-listing");
  }

  /** {@return whether fetches tell how far they are, can be cancelled and asked for again} */
  public boolean remoteProgress() {
    return features.contains("remote-progress");
  }

  /** {@return whether addresses can be told what happens to an account} */
  public boolean webhooks() {
    return features.contains("webhooks");
  }
}
