/** Hash functions that the JDK lacks; a leaf, used by the host and by its clients. */
@NullMarked
package io.consigne.hashes;

import org.jspecify.annotations.NullMarked;
