/** Remote uploads of a real host, from sources on this machine. */
@NullMarked
package io.consigne.e2e.fetch;

import org.jspecify.annotations.NullMarked;
