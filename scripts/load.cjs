const [name] = process.argv.splice(2, 1);

import(`./${name}.mjs`)
  .then((script) => script.main(process.argv.slice(2)))
  .then(
    (code) => {
      process.exitCode = code ?? 0;
    },
    (error) => {
      console.error(error.expected ? error.message : error);
      process.exitCode = 1;
    },
  );
