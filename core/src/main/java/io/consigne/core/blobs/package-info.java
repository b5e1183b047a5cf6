/**
 * The bytes of files: the store that keeps them, and which content is made of what.
 *
 * <p>The store ({@link io.consigne.core.blobs.Blobs}) knows store files and the records in them. It
 * promises that what {@code commit} returned for survives power loss, and that no byte is handed
 * out that is not the byte that was written. It does not know why a store file is there. The
 * database ({@link io.consigne.core.blobs.Contents}) knows that: which segments a content is made
 * of and how many files show it.
 *
 * <p>Order holds the two together. A store file is durable before the database names it, and no
 * content is made of it any more when it is deleted. So a crash can leave a store file that nobody
 * needs, but never a file of a user without its bytes.
 */
@NullMarked
package io.consigne.core.blobs;

import org.jspecify.annotations.NullMarked;
