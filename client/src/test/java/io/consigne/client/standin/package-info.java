/** A host of the 1fichier API that keeps what it took, and misbehaves as a script tells it to. */
@NullMarked
package io.consigne.client.standin;

import org.jspecify.annotations.NullMarked;
