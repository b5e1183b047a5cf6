package io.consigne.core.tree;

/**
 * A file that is to be copied, as its caller was allowed to read it just now.
 *
 * @param file the file, as it was then
 * @param reached whether it is the caller's own, or shared with it: that is asked again when it is
 *     copied. Else its link opened it, and it is copied unless it has changed since.
 */
public record CopySource(StoredFile file, boolean reached) {}
