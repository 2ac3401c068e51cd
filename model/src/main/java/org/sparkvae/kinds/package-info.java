/**
 * One declaration of a part: the record that describes it, whose components are its settings and
 * whose sealed interface is the list of its kinds.
 *
 * <p>May use nothing of this project.
 */
package org.sparkvae.kinds;
