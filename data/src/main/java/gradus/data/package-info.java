// SPDX-License-Identifier: Apache-2.0

/// Datasets, loaders, transforms and the file formats of data sets.
@NullMarked
package gradus.data;

import org.jspecify.annotations.NullMarked;
