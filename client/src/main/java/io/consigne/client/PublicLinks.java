package io.consigne.client;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.LinkCheck;
import io.consigne.client.model.PublicFile;
import io.consigne.client.model.PublicFolder;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.policy.Policy;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.wire.LinkPages;
import io.consigne.client.wire.PublicPages;
import io.consigne.client.wire.TransferCalls.DownloadAddress;
import io.consigne.client.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may see. The key is not sent.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=links}
 */
public final class PublicLinks {
  private final Policy policy;
  private final PublicPages pages;
  private final LinkPages links;
  private final Downloads downloads;

  PublicLinks(Policy policy, Wire wire, Downloads downloads) {
    this.policy = policy;
    this.pages = new PublicPages(wire);
    this.links = new LinkPages(wire);
    this.downloads = downloads;
  }

  /**
   * Fetches files that are open to everybody, from a Consigne host, which lets strangers in by the
   * pages of links. Their SHA-256 is compared.
   *
   * @return what fetches, one request after the other; it is refused by 1fichier.com, whose pages
   *     want a person
   */
  public Downloads downloads() {
    return downloads;
  }

  /**
   * What everybody may know of a file of a Consigne host.
   *
   * @param link of the file
   * @param password of the link, or null
   * @return name, size and SHA-256
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public RemoteFile file(FileLink link, @Nullable String password) throws IOException {
    DownloadAddress address = policy.repeat(() -> links.open(link, password));
    return policy.repeat(() -> links.file(address, link, password != null));
  }

  /**
   * The files directly inside a public folder.
   *
   * @param address as {@code https://1fichier.com/dir/CiLKCBI7}
   * @param password of the folder, or null
   * @return files with their links; {@link #open} tells of the folders in it
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public List<PublicFile> folder(URI address, @Nullable String password) throws IOException {
    return policy.repeat(() -> pages.folder(address, password));
  }

  /**
   * A public folder with the folders in it that its address opens, too.
   *
   * @param address as {@code https://files.example.org/dir/CiLKCBI7x2Qd}, or of a folder inside
   * @param password of the public folder, or null
   * @return its files and folders
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public PublicFolder open(URI address, @Nullable String password) throws IOException {
    return policy.repeat(() -> pages.open(address, password));
  }

  /**
   * {@return which of these links are alive, in order; a hundred are one call} By {@code
   * check_links.pl}.
   *
   * @param links of any host's files, as texts
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public List<LinkCheck> check(List<String> links) throws IOException {
    var checks = new ArrayList<LinkCheck>();
    var pieces = Gatherers.<String>windowFixed(PublicPages.LINKS_PER_CHECK);
    for (List<String> some : links.stream().gather(pieces).toList()) {
      checks.addAll(policy.repeat(() -> pages.check(some)));
    }
    return checks;
  }
}
