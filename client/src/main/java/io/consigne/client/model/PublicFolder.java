package io.consigne.client.model;

import java.net.URI;
import java.util.List;

/**
 * What everybody sees of a public folder.
 *
 * @param files directly in it
 * @param folders directly in it, as far as its address opens them; none at 1fichier.com
 */
public record PublicFolder(List<PublicFile> files, List<Inside> folders) {
  /** Copies. */
  public PublicFolder {
    files = List.copyOf(files);
    folders = List.copyOf(folders);
  }

  /**
   * A folder in a public one.
   *
   * @param id of the folder
   * @param name its name
   * @param address to open it by, with the password of the public one
   */
  public record Inside(FolderId id, String name, URI address) {}
}
