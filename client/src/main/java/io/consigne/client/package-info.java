/** The client of the 1fichier API: start at {@link io.consigne.client.Client}. */
@NullMarked
package io.consigne.client;

import org.jspecify.annotations.NullMarked;
