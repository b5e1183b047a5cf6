/** Tests of the removal of what nobody downloads. */
@NullMarked
package io.consigne.core.retention;

import org.jspecify.annotations.NullMarked;
