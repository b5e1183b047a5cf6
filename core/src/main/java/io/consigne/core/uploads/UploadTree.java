package io.consigne.core.uploads;

import io.consigne.core.tree.FileEntry;
import io.consigne.core.tree.Folders;

/**
 * How uploads reach the tree.
 *
 * @param entry enters files
 * @param folders makes a recipient's folder {@code incoming}
 */
public record UploadTree(FileEntry entry, Folders folders) {}
