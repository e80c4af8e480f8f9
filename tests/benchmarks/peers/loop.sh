# One process of kpi for each workbook: loop.sh PYTHON FOLDER WORKBOOK...
python=$1 folder=$2
shift 2
mkdir "$folder"
for workbook in "$@"; do
    "$python" -c "import sys; from kpi_cli.__main__ import main; sys.exit(main())" \
        rate "$workbook" --format json >"$folder/$(basename "$workbook").json" || exit
done
