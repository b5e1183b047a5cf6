package io.consigne.client.wire;

import io.consigne.client.model.ApiKey;
import io.consigne.client.model.LinkHosts;
import java.net.URI;
import java.util.Locale;

/**
 * A host and the key for it. The key goes to the host itself and to upload servers of its domain,
 * over TLS, and nowhere else.
 *
 * @param base of the calls, as {@code https://api.1fichier.com/v1}
 * @param site where public addresses are, as {@code https://1fichier.com}
 * @param key of the account
 */
public record Endpoint(URI base, URI site, ApiKey key) {
  private static final String API = "api.";

  /** The endpoint of a host whose calls are below {@code url}. */
  public static Endpoint of(URI url, ApiKey key) {
    String text = url.toString().replaceAll("/+$", "");
    URI base = URI.create(text.endsWith("/v1") ? text : text + "/v1");
    String authority = base.getRawAuthority();
    String site = authority.startsWith(API) ? authority.substring(API.length()) : authority;
    return new Endpoint(base, URI.create(base.getScheme() + "://" + site), key);
  }

  URI call(String path) {
    return URI.create(base + "/" + path);
  }

  /** An address of an upload server. */
  URI node(String host, String pathAndQuery) {
    return URI.create(base.getScheme() + "://" + host + pathAndQuery);
  }

  /** Whether a host may see the key. */
  boolean trusts(URI uri) {
    String host = host(uri);
    String site = host(this.site);
    boolean name = site.contains(".") && !site.matches("[0-9.]+");
    return uri.getScheme().equals(base.getScheme())
        && (host.equals(host(base)) || host.equals(site) || (name && host.endsWith("." + site)));
  }

  /** Whether it is 1fichier.com, and no host of one's own. */
  boolean isOneFichier() {
    return LinkHosts.isFichierApi(host(base));
  }

  /** The name of the host, for people and for files. */
  public String name() {
    return host(base);
  }

  private static String host(URI uri) {
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
  }
}
