// What scripts of a copy look up: files that are scripts as well, and hand their data to `ta_data`.
// Browsers load from a disk nothing else.

const waiting = new Map(); // by name, what is to be done with the data
const loaded = new Map(); // by name, the data as a promise

globalThis.ta_data = (name, data) => waiting.get(name)(data);

// In: where the copy's folder is, as an address that ends with a slash.
export function load(top, name) {
    if (!loaded.has(name)) {
        const data = new Promise((resolve, reject) => {
            waiting.set(name, resolve);
            const script = document.createElement("script");
            script.src = `${top}search/${name}.js`;
            script.onerror = () => reject(new Error(name));
            document.head.append(script);
        });
        loaded.set(name, data);
    }
    return loaded.get(name);
}
