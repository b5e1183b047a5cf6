/** Stored bytes that rot, shrink or vanish while a host runs, and what it serves of them. */
@NullMarked
package io.consigne.e2e.rot;

import org.jspecify.annotations.NullMarked;
