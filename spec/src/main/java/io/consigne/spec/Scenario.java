package io.consigne.spec;

import java.util.List;

/**
 * Exchanges that follow each other, and what must be there before the first.
 *
 * @param id where it is kept, as {@code file.ls/empty-folder}
 * @param name what it shows, in a sentence
 * @param source where the wire's behaviour is written down
 * @param guests whether the host takes uploads of guests
 * @param accounts that are there
 * @param folders that are there, parents first
 * @param files that are there, in the order of their uploads
 * @param exchanges in order
 */
public record Scenario(
    String id,
    String name,
    String source,
    boolean guests,
    List<Account> accounts,
    List<GivenFolder> folders,
    List<GivenFile> files,
    List<Exchange> exchanges) {
  /** Copies. */
  public Scenario {
    accounts = List.copyOf(accounts);
    folders = List.copyOf(folders);
    files = List.copyOf(files);
    exchanges = List.copyOf(exchanges);
  }

  @Override
  public String toString() {
    return id + ": " + name;
  }

  /**
   * An account.
   *
   * @param name what placeholders call it
   * @param plan {@code free}, {@code access}, {@code premium} or {@code gold}
   * @param login whether it has a password
   * @param roomBytes what is left of its quota; -1 for all
   * @param files how many files and folders it may have; empty for what every plan gives
   */
  public record Account(String name, String plan, boolean login, long roomBytes, String files) {}

  /**
   * A folder.
   *
   * @param name what placeholders call it: its id is <code>{int:name}</code>
   * @param owner the account
   * @param parent another folder, or empty for the root
   * @param shown its name on the wire
   */
  public record GivenFolder(String name, String owner, String parent, String shown) {}

  /**
   * A file.
   *
   * @param name what placeholders call it: its link's id is <code>{id:name}</code>
   * @param owner the account
   * @param folder where it is, or empty for the root
   * @param shown its name on the wire
   * @param text its content
   */
  public record GivenFile(String name, String owner, String folder, String shown, String text) {}
}
