/**
 * Lets programs that know only 1fichier.com reach another host: a proxy that takes tunnels to
 * 1fichier.com, and leads them elsewhere.
 */
@NullMarked
package io.consigne.cli.relay;

import org.jspecify.annotations.NullMarked;
