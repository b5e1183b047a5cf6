/** Tests of the format and of what reads it. */
@NullMarked
package io.consigne.spec;

import org.jspecify.annotations.NullMarked;
