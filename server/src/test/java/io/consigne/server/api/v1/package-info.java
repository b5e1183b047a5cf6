/** Tests of the 1fichier dialect, over HTTP against a whole host. */
@NullMarked
package io.consigne.server.api.v1;

import org.jspecify.annotations.NullMarked;
