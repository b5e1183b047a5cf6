/** Finds files that are there more than once, and removes all but one of them. */
@NullMarked
package io.consigne.client.dedupe;

import org.jspecify.annotations.NullMarked;
