package io.consigne.client;

import io.consigne.client.model.LinkCheck;
import io.consigne.client.model.PublicFile;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.PublicPages;
import io.consigne.client.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may see. The key is not sent.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=links}
 */
public final class PublicLinks {
  private final Policy policy;
  private final PublicPages pages;

  PublicLinks(Policy policy, Wire wire) {
    this.policy = policy;
    this.pages = new PublicPages(wire);
  }

  /**
   * The files directly inside a public folder.
   *
   * @param address as {@code https://1fichier.com/dir/CiLKCBI7}
   * @param password of the folder, or null
   */
  public List<PublicFile> folder(URI address, @Nullable String password) throws IOException {
    return policy.repeat(() -> pages.folder(address, password));
  }

  /** Which of these links are alive, in order; a hundred are one call. */
  public List<LinkCheck> check(List<String> links) throws IOException {
    var checks = new ArrayList<LinkCheck>();
    for (int from = 0; from < links.size(); from += PublicPages.LINKS_PER_CHECK) {
      List<String> some =
          links.subList(from, Math.min(links.size(), from + PublicPages.LINKS_PER_CHECK));
      checks.addAll(policy.repeat(() -> pages.check(some)));
    }
    return checks;
  }
}
