package io.consigne.client.model;

import java.util.List;
import java.util.Map;

/**
 * What a host is to fetch.
 *
 * @param urls http, https, ftp or ftps addresses, and links of files
 * @param headers sent to each of them, such as cookies; the host stores them encrypted and shows
 *     them to nobody
 * @param keys of places whose links are among {@code urls}, by host as it stands there, with a port
 *     that is not the usual one: {@code 1fichier.com}, {@code files.example.org:8080}. Each is sent
 *     to its place alone, and stored as headers are; Consigne only, and each must have its link
 */
public record RemoteSources(
    List<String> urls, Map<String, String> headers, Map<String, ApiKey> keys) {
  /** Copies. */
  public RemoteSources {
    urls = List.copyOf(urls);
    headers = Map.copyOf(headers);
    keys = Map.copyOf(keys);
  }

  /**
   * Addresses that need neither headers nor keys.
   *
   * @param urls http, https, ftp or ftps addresses
   * @return the sources
   */
  public static RemoteSources of(List<String> urls) {
    return new RemoteSources(urls, Map.of(), Map.of());
  }

  /** How many there are, and no secret. */
  @Override
  public String toString() {
    return "RemoteSources[%d urls, %d headers, %d keys]"
        .formatted(urls.size(), headers.size(), keys.size());
  }
}
