"""A copy says all that the original does, byte for byte, and where it is from: ORIGINAL COPY."""
import sys

import h5py

def facts(name):
    found = {}
    def note(path, item):
        if path.startswith('entry/process'):
            return
        found[path] = {k: (str(v.dtype), v.tolist()) if hasattr(v, 'tolist') else v
                       for k, v in item.attrs.items()}
        if isinstance(item, h5py.Dataset):
            found[path]['values'] = (item.shape, str(item.dtype), item[()].tobytes()
                                     if item.dtype.kind in 'uif' else item.asstr()[()])
    with h5py.File(name, 'r') as f:
        f.visititems(note)
    return found
one, other = facts(sys.argv[1]), facts(sys.argv[2])
assert one.keys() == other.keys(), one.keys() ^ other.keys()
for path in one:
    assert one[path] == other[path], (path, one[path], other[path])
with h5py.File(sys.argv[2]) as f:
    process = f['entry/process']
    assert process.attrs['NX_class'] == 'NXprocess'
    assert process['program'].asstr()[()] == 'copier'
    assert process['version'].asstr()[()] == '1.2'
    assert process['parameters'].attrs['sources'].tolist() == [sys.argv[1] + '#entry']
    print(f['entry/data/data'].compression, f['entry/data/data'].fletcher32)
