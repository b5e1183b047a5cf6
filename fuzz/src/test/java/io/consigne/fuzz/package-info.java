/** What all targets share: hostile bytes are tried on them, and a promise must hold. */
@NullMarked
package io.consigne.fuzz;

import org.jspecify.annotations.NullMarked;
