package io.consigne.core.tree;

/** How large trees and their names become: the table of their limits. */
public final class TreeLimits {
  /**
   * The longest name of a file, in code points: 250, and a little more, because rclone's {@code
   * crypt} makes names of 256 characters of those that it holds for short enough.
   */
  public static final int FILE_NAME_LENGTH = 256;

  /** The longest name of a folder, in code points (reference: 1fichier-api, section 2.5). */
  public static final int FOLDER_NAME_LENGTH = 250;

  /** How deep folders are nested. */
  public static final int DEPTH = 200;

  /** How many folders one folder holds. */
  public static final int FOLDERS_IN_A_FOLDER = 10_000;

  /** How many folders of others one account sees: all of them are in the view of its root. */
  public static final int FOREIGN_FOLDERS = 10_000;

  /** How many of them are of the same account: nobody takes the places of all others. */
  public static final int FOREIGN_FOLDERS_OF_ONE = 500;

  /** How many files of a listing are read at once. */
  public static final int FILES_A_PAGE = 1_000;

  private TreeLimits() {}
}
