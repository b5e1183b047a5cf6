/**
 * The 1fichier API and web addresses on the wire: translates requests into calls of core and their
 * outcome into answers, and keeps no state.
 */
@NullMarked
package io.consigne.server.api.v1;

import org.jspecify.annotations.NullMarked;
